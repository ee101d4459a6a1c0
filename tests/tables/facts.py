"""Facts: what the tables hold that no package publishes, each with its source."""

from __future__ import annotations

# ISO 4217 list three of 2026-01-01: the codes that are in no other list. It also names EUR, IDR, MWK, PEN,
# RON, SDG, SZL and TRY, which only changed their name or left a country, and XFO, XFU and XRE, which have
# no minor unit.
LIST_THREE = """
    ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BGN BOP BRB BRC BRE
    BRN BRR BUK BYB BYR CHC CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE
    GNS GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL
    MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR
    TMM TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN
    ZWR
"""

# The XML of list three has no minor units at all. OpenJDK's currency data follows the amendments of ISO
# 4217 since 1999 and never drops a code: these are its `minor0`; the other withdrawn codes that it knows
# have 2. The convertible and financial francs and the peseta accounts, withdrawn before, are accounts in
# the same units. What neither it nor CLDR knows was withdrawn by 1990 and divided by 100.
HISTORIC_DIGITS = dict.fromkeys(
    [
        *("ADP", "BEF", "BYB", "BYR", "ESP", "GRD", "ITL", "LUF", "MGF", "PTE", "TPE", "TRL"),
        *("BEC", "BEL", "LUC", "LUL", "ESA", "ESB"),
    ],
    0,
)

NO_MINOR_UNIT = {
    "XAG": "silver",
    "XAU": "gold",
    "XBA": "a bond market unit",
    "XBB": "a bond market unit",
    "XBC": "a bond market unit",
    "XBD": "a bond market unit",
    "XDR": "the special drawing right",
    "XFO": "the gold franc",
    "XFU": "the UIC franc",
    "XPD": "palladium",
    "XPT": "platinum",
    "XRE": "the RINET funds code",
    "XSU": "the Sucre unit of account",
    "XTS": "reserved for tests",
    "XUA": "the ADB unit of account",
    "XXX": "no currency",
}

USER_ASSIGNED = ("XK",)
ALIASES = {"EL": "GR", "UK": "GB"}

# Treaties of accession. VAT itself came later in some (First Directive 67/227/EEC). The United Kingdom:
# Withdrawal Agreement (OJ L 29, 31.1.2020, p. 7), articles 126 and 127: Union law applied until 2020-12-31.
# Northern Ireland stays in it for goods: that is for the territory tables to say.
_JOINED = {
    "1958-01-01": "BE DE FR IT LU NL",
    "1973-01-01": "DK GB IE",
    "1981-01-01": "GR",
    "1986-01-01": "ES PT",
    "1995-01-01": "AT FI SE",
    "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
    "2007-01-01": "BG RO",
    "2013-07-01": "HR",
}
_LEFT = {"GB": "2021-01-01"}


def eu_vat() -> list[tuple[str, tuple[str, str]]]:
    """Each member state: since when, until when."""
    joined = {code: since for since, codes in _JOINED.items() for code in codes.split()}
    return [(code, (joined[code], _LEFT.get(code, ""))) for code in sorted(joined)]


# Where addresses carry ISO's second level beside the first, and where instead of it: the first level of
# Indonesia is groups of islands, some of the same name as a province.
SECOND_LEVEL = {"BE", "ES", "FR", "ID", "IE", "IT", "PH"}
SECOND_LEVEL_ALONE = {"ID"}

_Rows = dict[str, tuple[list[str], list[str]]]

# Code: (other codes, other names). English names of states of which ISO has only their own; codes that
# ISO has replaced and invoices still carry; what people write for Paris, Aosta and Mexico City; the codes
# of the overseas departments of France in ISO 3166-1; the three military "states" of the US Postal Service
# (Publication 28, appendix B), which ISO does not have.
MORE_SUBDIVISIONS: dict[str, _Rows] = {
    "AE": {
        "AZ": ([], ["Abu Dhabi"]),
        "DU": ([], ["Dubai"]),
        "FU": ([], ["Fujairah"]),
        "RK": ([], ["Ras Al Khaimah"]),
        "SH": ([], ["Sharjah"]),
        "UQ": ([], ["Umm Al Quwain"]),
    },
    "AT": {
        "2": ([], ["Carinthia"]),
        "3": ([], ["Lower Austria"]),
        "4": ([], ["Upper Austria"]),
        "6": ([], ["Styria"]),
        "7": ([], ["Tyrol"]),
        "9": ([], ["Vienna"]),
    },
    "BE": {
        "BRU": ([], ["Brussels", "Bruxelles", "Brussel", "Brussels-Capital Region"]),
        "VLG": ([], ["Flanders", "Vlaanderen"]),
        "WAL": ([], ["Wallonia", "Wallonie"]),
    },
    "CA": {"NL": (["NF"], ["Newfoundland"]), "PE": ([], ["PEI", "P.E.I."]), "QC": (["PQ"], [])},
    "CH": {"GE": ([], ["Geneva"]), "LU": ([], ["Lucerne"])},
    "CO": {"DC": ([], ["Bogotá"])},
    "DE": {
        "BW": ([], ["Baden-Wuerttemberg"]),
        "BY": ([], ["Bavaria"]),
        "HE": ([], ["Hesse"]),
        "MV": ([], ["Mecklenburg-Western Pomerania"]),
        "NI": ([], ["Lower Saxony"]),
        "NW": ([], ["North Rhine-Westphalia"]),
        "RP": ([], ["Rhineland-Palatinate"]),
        "SN": ([], ["Saxony"]),
        "ST": ([], ["Saxony-Anhalt"]),
        "TH": ([], ["Thuringia", "Thueringen"]),
    },
    "ES": {
        "AN": ([], ["Andalusia"]),
        "CL": ([], ["Castile and León"]),
        "CM": ([], ["Castile-La Mancha"]),
        "CN": ([], ["Canary Islands", "Islas Canarias"]),
        "CT": ([], ["Catalonia"]),
        "IB": ([], ["Balearic Islands", "Islas Baleares", "Baleares"]),
        "NC": ([], ["Navarre"]),
        "PV": ([], ["Basque Country", "País Vasco", "Euskadi"]),
        "VC": ([], ["Valencian Community", "Comunitat Valenciana"]),
    },
    "FI": {"01": ([], ["Åland", "Ahvenanmaa"])},
    "FR": {
        "75C": (["75"], []),
        "971": (["GP"], []),
        "972": (["MQ"], []),
        "973": (["GF"], []),
        "974": (["RE"], []),
        "976": (["YT"], []),
    },
    "GB": {
        "NIR": (["ABC", "AND", "ANN", "BFS", "CCG", "DRS", "FMO", "LBC", "MEA", "MUL", "NMD"], [])
    },  # ISO 3166-2's districts there
    "GR": {"69": ([], ["Mount Athos"])},
    "IN": {
        "CG": (["CT"], []),
        "DH": (["DD", "DN"], []),
        "DL": ([], ["New Delhi", "NCT of Delhi", "National Capital Territory of Delhi"]),
        "OD": (["OR"], ["Orissa"]),
        "PY": ([], ["Pondicherry"]),
        "TS": (["TG"], []),
        "UK": (["UT"], ["Uttaranchal"]),
    },
    "IT": {
        "21": ([], ["Piedmont"]),
        "23": (["AO"], ["Aosta Valley", "Aosta"]),
        "25": ([], ["Lombardy"]),
        "32": ([], ["Trentino-South Tyrol"]),
        "52": ([], ["Tuscany"]),
        "75": ([], ["Apulia"]),
        "82": ([], ["Sicily"]),
        "88": ([], ["Sardinia"]),
    },
    "MX": {"CMX": (["CDMX", "DF", "DIF"], ["Mexico City", "Distrito Federal"])},
    "PT": {"20": ([], ["Azores", "Açores"]), "30": ([], ["Madeira"])},
    "US": {
        "AA": ([], ["Armed Forces Americas"]),
        "AE": ([], ["Armed Forces Europe"]),
        "AP": ([], ["Armed Forces Pacific"]),
        "DC": ([], ["Washington DC", "Washington, D.C.", "D.C."]),
    },
}
