# Source: Council Directive 2006/112/EC, articles 6 and 7; the statutes named at each row; texts not compared.
"""Territories: where tax does not follow the country, and how addresses and rates spell them."""

from __future__ import annotations

from typing import NamedTuple


class Territory(NamedTuple):
    """A territory: its name, its area, the country and state that stand for it, and how else it is spelt.

    `area` is what taxes it: a code of its own where it is taxed apart from its country, else that of the
    country. `spelt` are country codes, and states as `ES-CN`; `codes` the beginnings of its postal codes,
    after the country. Codes in `shared` are another place's too: they count with the town's name alone.
    """

    name: str
    area: str
    country: str
    state: str | None
    spelt: str
    codes: str
    source: str
    shared: str = ""
    town: str = ""


RESERVED = {"IC": "Canary Islands", "EA": "Ceuta and Melilla"}
"""Reserved in ISO 3166-1 at the request of the World Customs Organization, and written in addresses."""

_ARTICLE_6 = "Directive 2006/112/EC, article 6"
_FRENCH = f"{_ARTICLE_6}(1)(c); Code général des impôts, article 294"
_OVERSEAS = "Treaty on the Functioning of the European Union, article 355(2) and annex II"
_DUTCH = f"{_OVERSEAS}; Wet op de omzetbelasting 1968, artikel 1 (the part of the Kingdom in Europe)"

# Narrower codes may stand inside wider ones (97133 in 971): the longest decides.
# fmt: off
TERRITORIES = (
    Territory("Canary Islands", "IC", "ES", "CN", "IC ES-CN ES-GC ES-TF", "ES35 ES38 IC35 IC38",
              f"{_ARTICLE_6}(1)(b); Ley 37/1992, artículo 3; Ley 20/1991 (IGIC)"),
    Territory("Ceuta", "ES-CE", "ES", "CE", "ES-CE", "ES51 EA51",
              f"{_ARTICLE_6}(2)(c); Ley 37/1992, artículo 3; Ley 8/1991 (IPSI)"),
    Territory("Melilla", "ES-ML", "ES", "ML", "ES-ML", "ES52 EA52",
              f"{_ARTICLE_6}(2)(d); Ley 37/1992, artículo 3; Ley 8/1991 (IPSI)"),
    Territory("Mount Athos", "GR-69", "GR", "69", "GR-69", "GR63086 GR63087", f"{_ARTICLE_6}(1)(a)"),
    Territory("Åland", "AX", "AX", None, "FI-01", "FI22", f"{_ARTICLE_6}(1)(d)"),
    Territory("Heligoland", "DE-27498", "DE", None, "", "DE27498",
              f"{_ARTICLE_6}(2)(a); Umsatzsteuergesetz, § 1 Absatz 2"),
    Territory("Büsingen", "DE-78266", "DE", None, "", "DE78266",
              f"{_ARTICLE_6}(2)(b); Umsatzsteuergesetz, § 1 Absatz 2"),
    Territory("Livigno", "IT-23041", "IT", None, "", "IT23041",
              f"{_ARTICLE_6}(2)(e); DPR 633/1972, articolo 7", "IT23030", "livigno"),
    Territory("Campione d'Italia", "IT-22061", "IT", None, "", "IT22061",
              f"{_ARTICLE_6}(1)(f), since 2020 as amended by Directive (EU) 2019/475, before (2)(f)",
              "IT22060", "campione d'italia"),
    Territory("Guadeloupe", "GP", "GP", None, "FR-971", "FR971", _FRENCH),
    Territory("Martinique", "MQ", "MQ", None, "FR-972", "FR972", _FRENCH),
    Territory("Guyane", "GF", "GF", None, "FR-973", "FR973", _FRENCH),
    Territory("Réunion", "RE", "RE", None, "FR-974", "FR974", _FRENCH),
    Territory("Mayotte", "YT", "YT", None, "FR-976", "FR976", _FRENCH),
    Territory("Saint-Martin", "MF", "MF", None, "FR-MF", "FR97150 FR978",
              f"{_ARTICLE_6}(1)(c); Code général des collectivités territoriales, article LO6314-4"),
    Territory("Saint-Barthélemy", "BL", "BL", None, "FR-BL", "FR97133 FR977",
              f"{_OVERSEAS}; European Council Decision 2010/718/EU"),
    Territory("Saint-Pierre-et-Miquelon", "PM", "PM", None, "FR-PM", "FR975", _OVERSEAS),
    Territory("Wallis and Futuna", "WF", "WF", None, "FR-WF", "FR986", _OVERSEAS),
    Territory("French Polynesia", "PF", "PF", None, "FR-PF", "FR987", _OVERSEAS),
    Territory("New Caledonia", "NC", "NC", None, "FR-NC", "FR988", _OVERSEAS),
    Territory("French Southern Territories", "TF", "TF", None, "FR-TF", "FR984", _OVERSEAS),
    Territory("Greenland", "GL", "GL", None, "", "DK39", _OVERSEAS),
    Territory("Aruba", "AW", "AW", None, "NL-AW", "", _DUTCH),
    Territory("Curaçao", "CW", "CW", None, "NL-CW", "", _DUTCH),
    Territory("Sint Maarten", "SX", "SX", None, "NL-SX", "", _DUTCH),
    Territory("Caribbean Netherlands", "BQ", "BQ", None, "NL-BQ1 NL-BQ2 NL-BQ3", "", _DUTCH),
    Territory("Svalbard and Jan Mayen", "SJ", "SJ", None, "NO-21 NO-22", "NO917 NO8099",
              "Merverdiavgiftsloven (2009), § 1-2"),
    Territory("Jersey", "JE", "JE", None, "", "GBJE", f"{_ARTICLE_6}(1)(e); Value Added Tax Act 1994, s 96"),
    Territory("Guernsey", "GG", "GG", None, "", "GBGY",
              f"{_ARTICLE_6}(1)(e); Value Added Tax Act 1994, s 96"),
    Territory("Monaco", "FR", "FR", None, "MC", "",
              "Directive 2006/112/EC, article 7(1); Convention fiscale of 1963-05-18, article 16"),
    Territory("Isle of Man", "GB", "GB", None, "IM", "",
              "Directive 2006/112/EC, article 7(1); Isle of Man Act 1979, s 1"),
    Territory("Azores", "PT", "PT", "20", "PT-20", "PT95 PT96 PT97 PT98 PT99",
              "Directive 2006/112/EC, article 105(2); Código do IVA, artigo 18(3)"),
    Territory("Madeira", "PT", "PT", "30", "PT-30", "PT90 PT91 PT92 PT93 PT94",
              "Directive 2006/112/EC, article 105(2); Código do IVA, artigo 18(3)"),
    Territory("Northern Ireland", "GB", "GB", "NIR", "GB-NIR", "GBBT",
              "Protocol on Ireland/Northern Ireland (Windsor Framework), article 8 and annex 3"),
)
# fmt: on
"""Jungholz, Mittelberg, the Greek islands are no rows: rates of their countries name their postal codes."""

ONE_REGISTRATION = {"FR": ("GP", "MQ", "RE"), "FI": ("AX",)}
# Where one registration is for other areas too. Code général des impôts, articles 294 and 296: its VAT is
# that of these departments; Act 1266/1996 of Finland: VAT is levied in Åland as in the rest of the country.
