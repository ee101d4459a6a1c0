"""Check: the command that says what is missing before a bill is drawn up, without calculating."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

from taxengine.cli.forms import FORMATS, Json, JsonLines, form_of
from taxengine.cli.inputs import from_files, opened
from taxengine.cli.options import (
    RATES_HELP,
    day_of,
    naming,
    on_terminal,
    paths,
    rates_path,
    table_of,
    today,
)
from taxengine.cli.output import Output, output
from taxengine.cli.progress import Progress
from taxengine.cli.run import Run, told_apart
from taxengine.cli.schedule import has_rates, no_rate, read_schedule
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.cli.text import Text
from taxengine.core.calculation import refusal
from taxengine.core.determination import Determination, Unresolved
from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice
from taxengine.core.matching import determine
from taxengine.core.table import RateTable
from taxengine.core.values import replace
from taxengine.documents.parsing import MOST_BYTES
from taxengine.documents.tax_ids import misspelt
from taxengine.documents.writing import FORMAT
from taxengine.showing.text import printable

SOME_CATEGORY = "-"
EXAMPLE = """\b
Example:
  echo '[{"id": "de-19", "country": "DE", "type": "valueAddedTax",
          "percentageDecimal": "0.19", "inclusive": false}]' > rates.json
  echo '{"customer": {"taxStatus": "taxable"}, "countries": ["DE"],
         "products": [{"id": "p1", "taxCategory": "books"}],
         "merchant": {"address": {"country": "DE"}}}' > schedule.json
  taxengine check --schedule schedule.json --rates rates.json
"""


def missing(invoice: Invoice, table: RateTable) -> list[Problem]:
    """What is missing or wrong for its taxes: all of it, what a missing category hides included."""
    problems = [*invoice.unfit, *misspelt(invoice), *_problems(determine(invoice, table))]
    hidden = {problem.path for problem in problems if problem.code == "missingTaxCategory"}
    if hidden:
        lines = [
            line if line.tax_category else replace(line, tax_category=SOME_CATEGORY) for line in invoice.lines
        ]
        for problem in _problems(determine(replace(invoice, lines=lines), table)):
            country = str(problem.data.get("country", ""))
            if problem.path not in hidden or has_rates(table, country, invoice.tax_date):
                continue  # known already, or only so because the category is made up
            wanting = problem.code == "missingRate"
            problems.append(no_rate(problem.path, country, invoice.tax_date) if wanting else problem)
    return problems


def _well(form: Json | JsonLines | Text, invoice: str | None) -> bytes:
    """The answer where nothing is missing."""
    if isinstance(form, Text):
        return form.told(
            [printable(f"{'schedule' if invoice is None else f'invoice {invoice}'}: nothing is missing")]
        )
    return form.document({"format": FORMAT, "invoice": invoice, "problems": []})


def _problems(determination: Determination) -> Iterator[Problem]:
    for outcome in (*determination.lines, *determination.discounts, *determination.charges):
        if isinstance(outcome, Unresolved):
            yield from outcome.problems


@click.command(epilog=EXAMPLE)
@click.argument("files", metavar="[FILE]...", nargs=-1, callback=paths)
@click.option("--schedule", metavar="FILE", callback=paths, help="What is known before there is an invoice.")
@click.option("--rates", metavar="FILE|PACK", callback=rates_path, help=RATES_HELP)
@click.option(
    "--on", metavar="DATE", callback=day_of, help="The date, where a schedule has none; else today."
)
@click.option("--format", "form", type=click.Choice(["json", "jsonl", "table"]), help=FORMATS)
@debugging
@pass_session
def check(
    session: Session,
    /,
    *,
    files: tuple[str, ...],
    schedule: str | None,
    rates: str | None,
    on: date | None,
    form: str | None,
) -> None:
    """What is missing before a bill is drawn up: rates, tax categories, addresses.

    FILE holds invoices, as for `calculate`; nothing is calculated. A schedule is
    {customer, merchant, products: [{id, taxCategory}], countries: [code]}: products without a tax category
    (unless the customer is exempt), countries without a rate, a missing or wrong address of the merchant.
    """
    if bool(files) == bool(schedule):
        raise click.UsageError("expected either invoices or --schedule")
    if [*files, schedule, rates].count("-") > 1:
        raise click.UsageError("standard input (-) can be read once")
    form = form or ("table" if on_terminal() else None)
    session.answers_refusals = form != "table"
    with output(None, force=False) as out:
        if schedule:
            with naming(schedule), opened(schedule) as stream:
                read_schedule(stream.read(MOST_BYTES + 1), table_of(rates), on or today())
            out.write(_well(form_of(form or "json"), None))
        else:
            _check_invoices(session, files, table_of(rates), form, out)


def _check_invoices(
    session: Session, files: Sequence[str], table: RateTable, form: str | None, out: Output
) -> None:
    blocks, many = from_files(files), len(files) > 1
    if form in (None, "json"):
        many, blocks = told_apart(blocks, several=many)
    frame = form_of(form or ("jsonl" if many else "json"))

    def tell(invoice: Invoice) -> bytes:
        problems = missing(invoice, table)
        if problems:
            raise refusal(problems)
        return _well(frame, invoice.id)

    with Progress(quiet=on_terminal()) as progress:
        Run(session, frame, tell).over(blocks, out, progress, many=many)
