"""Importers: public rate files as our rates, each by a module of its own with the same shape.

Each has `read(path)`, which gives a `Reading`: an iterator of rates with a `report`. Boundaries need the
state's rate file beside them: `sst_boundary.read(path, rates)`.

>>> sorted(IMPORTERS)
['dor', 'shop', 'sst', 'sst-boundary', 'stripe', 'vat-rates', 'vat-rates-csv', 'zip']
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taxengine.packs.importers.reading import Reading

IMPORTERS: Mapping[str, str] = {
    "sst": "sst",
    "sst-boundary": "sst_boundary",
    "zip": "zips",
    "dor": "dor",
    "shop": "shop",
    "vat-rates": "vat_rates",
    "vat-rates-csv": "vat_rates_csv",
    "stripe": "stripe",
}
"""The formats by name, each with its module, which is loaded when a file of it is read."""

# Columns that no other format has together; the rest of them is asked for by the importer.
_HEADERS: Mapping[str, tuple[frozenset[str], ...]] = {
    "zip": (frozenset({"zipcode", "estimatedcombinedrate"}),),
    "dor": (frozenset({"rta", "local"}), frozenset({"plus4_low", "plus4_high"})),
    "shop": (frozenset({"country code", "rate %"}),),
    "vat-rates-csv": (frozenset({"territory_codes", "rate_type"}),),
}
_HEAD = 1 << 16
_OURS = re.compile(r'"(percentageDecimal|amountPerUnit)"').search
_VAT_RATES = re.compile(r'\{[^\[]*"items"\s*:\s*\{').match
_STRIPE = re.compile(r'"object"\s*:\s*"tax_rate"').search
_SST = re.compile(r"[0-9]{1,2},[0-9]{1,2},[0-9A-Za-z]+,").match
_BOUNDARY = re.compile(r"[Zz4Aa],[0-9]{8},[0-9]{8},").match


def read(name: str, path: str | os.PathLike[str], *beside: str | os.PathLike[str]) -> Reading:
    """The rates of a file in the format of that name."""
    reading: Reading = import_module(f"taxengine.packs.importers.{IMPORTERS[name]}").read(path, *beside)
    return reading


def detect(path: str | os.PathLike[str]) -> str | None:
    """The format of a file by how it begins; None where it is none of these, as our own are.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "x")
    ...     _ = path.write_text("27,45,27,0.06875,0.06875,0.06875,0.06875,20090701,29991231\\n")
    ...     detect(path)
    'sst'
    """
    with Path(path).open("rb") as stream:
        return next(_formats(stream.read(_HEAD).decode("utf-8-sig", "replace").lstrip()), None)


def _formats(head: str) -> Iterator[str]:
    if head.startswith(("{", "[")):
        if not _OURS(head):  # whose free data may hold anything, an object of Stripe's say
            yield from (
                name for name, found in (("stripe", _STRIPE), ("vat-rates", _VAT_RATES)) if found(head)
            )
        return
    first = head.partition("\n")[0]
    if _SST(first):
        yield "sst"
    if _BOUNDARY(first):
        yield "sst-boundary"
    named = {cell.strip().strip('"').lower() for cell in first.split(",")}
    yield from (name for name, headers in _HEADERS.items() if any(named >= header for header in headers))
