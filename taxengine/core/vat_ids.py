"""VAT ids: which of a customer's tax numbers are VAT ids of member states, by their form alone.

Whether one is in force only VIES can say: what rests on one says so.

>>> from taxengine.core.parties import TaxId
>>> vat_ids([TaxId(type="vat", value="EL 123456789"), TaxId(type="ein", value="12-3456789")]).areas
('GR',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from taxengine.core.parties import TaxId
from taxengine.core.tables.countries import ALIASES, EU_VAT

XI = "XI"
"""Northern Ireland, as the prefix of VAT ids: goods there are under the rules of the EU."""
_WRITTEN = re.compile(r"([A-Z]{2})(?=[A-Z+*]*[0-9])[0-9A-Z+*]{2,12}").fullmatch
_NAMED = re.compile(r"(?<![A-Za-z])(?i:(?:eu)?vat)|(?<=[a-z])V(?:at|AT)|(?i:value.?added.?tax)").search
_OUT = str.maketrans("", "", " .-/")


class VatIds(NamedTuple):
    """What a customer's tax numbers say of it.

    `areas` are those of the member states (`XI` among them) that a VAT id is of, `odd` a VAT id that is of
    none, `stated` whether there is any tax number at all.
    """

    areas: tuple[str, ...] = ()
    odd: str | None = None
    stated: bool = False

    @property
    def consumer(self) -> bool:
        """Whether no VAT id is shown, not even one that is wrong."""
        return not self.areas and self.odd is None


NONE = VatIds()


def vat_ids(tax_ids: Iterable[TaxId]) -> VatIds:
    """What these tax numbers say. A VAT id has a type with the word `vat`, or is written as one."""
    areas, odd, stated = set(), None, False
    for one in tax_ids:
        stated = True
        read = _WRITTEN(one.value.translate(_OUT).upper()) if one.value.isascii() else None
        area = None if read is None else ALIASES.get(read[1], read[1])
        named = _NAMED(one.type) is not None
        if named and area is not None and (area in EU_VAT or area == XI):
            areas.add(area)
        elif named or area in EU_VAT or area == XI:
            odd = odd or one.value
    return VatIds(tuple(sorted(areas)), odd, stated)
