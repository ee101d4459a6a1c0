"""Page: calculations as one html page that needs nothing else, with how each figure came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from taxengine.cli.view import Anchor, calculated_view, refused_view
from taxengine.core.errors import InvariantBroken, Problem, TaxEngineError
from taxengine.core.explain import Explanation
from taxengine.core.invoice import Invoice
from taxengine.core.result import Calculation
from taxengine.showing import html
from taxengine.showing.figures import money

IN_MEMORY = 1 << 24
"""How many bytes of a page are kept before they go to a temporary file."""


@cache
def template() -> Any:
    """The macros of the page."""
    return html.template("taxengine.cli", "page.html.j2")


class Page:
    """The page is written at its end: what stands at its top is known then."""

    def __init__(self) -> None:
        self._articles: IO[bytes]
        self._rows: list[dict[str, Any]] = []

    def start(self, many: bool) -> bytes:  # noqa: ARG002  # how many there are is seen at the end
        self._articles = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed at the end
        return b""

    def calculated(self, invoice: Invoice, calculation: Calculation, story: Explanation | None) -> bytes:
        if story is None:
            raise InvariantBroken(Problem("invariantBroken", "page: expected an explanation, got none"))
        view = calculated_view(self._anchor(), invoice, calculation, story)
        self._articles.write(template().invoice(view).encode())
        totals, customer = calculation.totals, invoice.customer
        self._rows.append(
            {
                "id": invoice.id,
                "anchor": view["anchor"],
                "refused": False,
                "customer": (customer.name if customer else None) or "",
                "date": view["date"],
                "net": money(totals.net, invoice.currency),
                "tax": money(totals.tax, invoice.currency),
                "payable": money(totals.payable, invoice.currency),
            }
        )
        return b""

    def refused(self, invoice: str | None, place: str, error: TaxEngineError) -> bytes:
        view = refused_view(self._anchor(), invoice, place, error)
        self._articles.write(template().refusal(view).encode())
        self._rows.append({"id": invoice or place, "anchor": view["anchor"], "refused": True})
        return b""

    def _anchor(self) -> Anchor:
        return f"invoice-{len(self._rows) + 1}"

    def end(self) -> Iterable[bytes]:
        css = html.source("taxengine.cli", "page.css")
        yield template().top(self._title(), css, html.digest(css)).encode()
        if len(self._rows) != 1:
            refused = sum(row["refused"] for row in self._rows)
            yield template().contents(self._rows, len(self._rows) - refused, refused).encode()
        yield from self._written()
        yield template().bottom().encode()

    def _title(self) -> str:
        return f"Invoice {self._rows[0]['id']}" if len(self._rows) == 1 else f"{len(self._rows)} invoices"

    def _written(self) -> Iterator[bytes]:
        self._articles.seek(0)
        while part := self._articles.read(1 << 18):
            yield part
        self._articles.close()
