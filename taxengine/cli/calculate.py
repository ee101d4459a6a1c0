"""Calculate: the command that answers invoices with their taxes, one or many, as they arrive."""

from __future__ import annotations

import os
from difflib import get_close_matches

import click

from taxengine.cli.forms import FORMATS, Form, Json, JsonLines
from taxengine.cli.inputs import from_files, opened
from taxengine.cli.options import (
    RATES_HELP,
    naming,
    on_terminal,
    output_options,
    paths,
    rates_path,
    table_of,
)
from taxengine.cli.output import output
from taxengine.cli.progress import Progress
from taxengine.cli.run import Run, told_apart
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.core.calculation import calculate as calculate_invoice
from taxengine.core.determination import Determination
from taxengine.core.errors import InvalidInvoice
from taxengine.core.explain import explain
from taxengine.core.invoice import Invoice
from taxengine.core.matching import determine
from taxengine.core.policy import PRESETS, Policy
from taxengine.core.result import Calculation
from taxengine.documents.parsing import MOST_BYTES
from taxengine.documents.reading import read_policy
from taxengine.documents.tax_ids import misspelt

Answered = tuple[Invoice, Calculation]


def policy_of(name: str | None) -> Policy | None:
    """A preset by its name, or the policy in a file."""
    if name is None or name in PRESETS:
        return None if name is None else Policy.preset(name)
    if not os.path.exists(name):
        near = get_close_matches(name, PRESETS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"presets: {', '.join(PRESETS)}"
        told = f"expected the name of a preset, or of a file, got {name!a}; {hint}"
        raise click.BadParameter(told, param_hint="--policy")
    with naming(name), opened(name) as stream:
        return read_policy(stream.read(MOST_BYTES + 1))


def check_tax_ids(determination: Determination) -> None:
    """What rests on a VAT id rests on one by its form at least."""
    if determination.warnings and any(notice.code == "taxIdNotVerified" for notice in determination.warnings):
        problems = misspelt(determination.invoice)
        if problems:
            raise InvalidInvoice(problems)


def _traced(answered: Answered) -> Answered:
    """The same, with the digests that its document shows."""
    _ = answered[1].provenance
    return answered


def answers_as(name: str) -> Form:
    """The form of that name; what a person reads is loaded where it is asked for, since it takes its time."""
    if name == "html":
        from taxengine.cli.page import Page

        return Page()
    if name == "table":
        from taxengine.cli.table import Table

        return Table()
    return Json() if name == "json" else JsonLines()


EXAMPLE = """\b
Example:
  echo '{"id": "de-19", "country": "DE", "type": "valueAddedTax",
         "percentageDecimal": "0.19", "inclusive": false}' > rates.json
  echo '{"id": "inv_1", "currency": "EUR", "taxDate": "2026-03-01",
         "customer": {"address": {"country": "DE"}},
         "lines": [{"id": "1", "taxCategory": "books", "quantity": 3, "unitPrice": "19.99"}]}' \\
       > invoice.json
  taxengine calculate invoice.json --rates rates.json --format table
  echo '{"id": "inv_2", "currency": "EUR", "taxDate": "2026-03-01", "taxBehavior": "inclusive",
         "customer": {"address": {"country": "FR"}},
         "lines": [{"id": "1", "taxCategory": "homeware", "unitPrice": "19.99"}]}' > french.json
  taxengine calculate french.json --rates pack:eu --format table
"""


@click.command(epilog=EXAMPLE)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, callback=paths)
@click.option("--rates", metavar="FILE|PACK", callback=rates_path, help=RATES_HELP)
@click.option("--policy", metavar="NAME|FILE", help="How to round: a preset, or a policy in a file.")
@click.option("--explain", "explains", is_flag=True, help="Say how each figure came about.")
@click.option(
    "--missing-rate",
    type=click.Choice(["error", "untaxed"]),
    default="error",
    help="What a line is for which there is no rate; without this, an error.",
)
@click.option("--format", "form", type=click.Choice(["json", "jsonl", "table", "html"]), help=FORMATS)
@output_options
@debugging
@pass_session
def calculate(
    session: Session,
    /,
    *,
    files: tuple[str, ...],
    rates: str | None,
    policy: str | None,
    explains: bool,
    missing_rate: str,
    form: str | None,
    target: str | None,
    force: bool,
) -> None:
    """The tax of invoices: each line, each tax and the totals.

    FILE holds one invoice, an array of them, or one a line (JSON Lines); - is standard input. Of many
    invoices, one that is refused does not stop the rest: it is answered with its error.
    """
    if [*files, rates].count("-") > 1:
        raise click.UsageError("standard input (-) can be read once")
    form = "table" if form is None and target in (None, "-") and on_terminal() else form
    session.answers_refusals = form in (None, "json", "jsonl")
    with output(target, force=force) as out:
        table, chosen, blocks, many = table_of(rates), policy_of(policy), from_files(files), len(files) > 1
        if form in (None, "json"):
            many, blocks = told_apart(blocks, several=many)
        shape = answers_as(form or ("jsonl" if many else "json"))
        story = explain if explains or form == "html" else lambda _: None

        def calculated(invoice: Invoice) -> Answered:
            determination = determine(invoice, table, missing_rate=missing_rate)
            check_tax_ids(determination)
            return invoice, calculate_invoice(invoice, determination, policy=chosen)

        def tell(answered: Answered) -> bytes:
            return shape.calculated(*answered, story(answered[1]))

        with Progress(quiet=target in (None, "-") and on_terminal()) as progress:
            Run(session, shape, tell, (calculated, _traced)).over(blocks, out, progress, many=many)
