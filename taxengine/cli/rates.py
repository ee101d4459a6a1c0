"""Rates: the commands that look at rates: list, check, convert, match, diff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

import click

from taxengine.cli.forms import JsonLines, form_of
from taxengine.cli.importing import imported, lines_of, told, whole
from taxengine.cli.listing import listed
from taxengine.cli.matching import matched, told_match
from taxengine.cli.options import (
    PACK,
    country_of,
    day_of,
    naming,
    on_terminal,
    output_options,
    paths,
    rates_of,
    rates_path,
    table_of,
    today,
)
from taxengine.cli.output import output
from taxengine.cli.packing import pack_document, stale_packs, told_packs
from taxengine.cli.printing import say
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.cli.text import Text
from taxengine.core.errors import InvalidInput
from taxengine.core.lint import Finding
from taxengine.core.place import Address
from taxengine.core.rates import TaxRate
from taxengine.core.spelling import plain
from taxengine.core.table import RateTable
from taxengine.documents import RatesFile, write_rates
from taxengine.documents.writing import FORMAT, rate_document
from taxengine.packs.importers import IMPORTERS
from taxengine.showing.text import printable

RATES = """\b
Example:
  echo '[{"id": "de-19", "country": "DE", "type": "valueAddedTax", "percentageDecimal": "0.19",
          "inclusive": null},
         {"id": "de-7", "country": "DE", "type": "valueAddedTax", "percentageDecimal": "0.07",
          "inclusive": null, "taxCategories": ["books"]}]' > rates.json
"""
UNDETERMINED, INVALID = 4, 3
WORTH_A_LOOK = frozenset({"gap", "percentLooksWrong", "unknownPlace"})
"""Findings that a right table may well have; they do not fail a run."""


@click.group(epilog=RATES + "  taxengine rates list rates.json --format table\n")
@debugging
def rates() -> None:
    """Look at rates: list them, check them, convert them, ask which apply, compare two files.

    A file of rates is the published taxRate JSON (one, an array, {"rates": [...]}, {"data": {"taxRates":
    [...]}}), JSON Lines, or CSV with the same names; or a public rate file (rates convert --help says which);
    - is standard input. Where a file may stand, `pack:eu,ca` stands for rates that ship: `taxengine rates
    packs` lists them.
    """


def formatted(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--format` for one answer: a table on a terminal, else JSON."""

    def resolved(context: click.Context, _: click.Parameter, chosen: str | None) -> str:
        name = chosen or ("table" if on_terminal() else "json")
        context.ensure_object(Session).answers_refusals = name != "table"
        return name

    choice = click.Choice(["json", "jsonl", "table"])
    told = "A table on a terminal, else json."
    return click.option("--format", "form", type=choice, callback=resolved, help=told)(command)


def answer(form: str, document: Mapping[str, Any], lines: Iterable[str]) -> None:
    """One answer: the document, or its lines for a person."""
    shape = form_of(form)
    with output(None, force=False) as out:
        out.write(shape.told(lines) if isinstance(shape, Text) else shape.document(document))


@rates.command("list", epilog=RATES + "  taxengine rates list rates.json --country DE --format table\n")
@click.argument("file", callback=rates_path)
@click.option("--country", callback=country_of, metavar="CODE", help="Only the rates of this country.")
@click.option("--on", callback=day_of, metavar="DATE", help="Only those in force on this date.")
@formatted
@debugging
def list_rates(file: str, country: str | None, on: date | None, form: str) -> None:
    """The rates of a file."""
    found = [
        rate
        for rate in rates_of(file).rates
        if (country is None or rate.country == country) and (on is None or rate.in_force(on))
    ]
    if form == "jsonl":
        with output(None, force=False) as out:
            shape = JsonLines()
            out.write(b"".join([shape.document(rate_document(rate)) for rate in found]))
        return
    head = ["id", "country", "state", "where", "tax", "rate", "inclusive", "categories", "from", "until", ""]
    rows = listed([head, *map(_row, found)], "<<<<<><<<<<", most=32) if found else ["no rates"]
    answer(form, {"format": FORMAT, "rates": [rate_document(rate) for rate in found]}, rows)


def _row(rate: TaxRate) -> list[str]:
    where = " ".join(part for part in (rate.jurisdiction, rate.jurisdiction_code, rate.level) if part)
    percent = " / ".join(f"{plain(one.scaleb(2))} %" for _, one in rate.percentages())
    fixed = "" if rate.amount_per_unit is None else f"{plain(rate.amount_per_unit)}/{rate.amount_per}"
    inclusive = {True: "yes", False: "no", None: "as the line says"}[rate.inclusive]
    period = [str(day) if day else "" for day in (rate.valid_from, rate.valid_until)]
    figures = [
        " + ".join(part for part in (percent, fixed) if part),
        inclusive,
        ", ".join(rate.tax_categories),
    ]
    left_out = "" if rate.active else "inactive"
    return [rate.id, rate.country, rate.state or "", where, str(rate.type), *figures, *period, left_out]


@rates.command("check", epilog=RATES + "  taxengine rates check rates.json\n")
@click.argument("file", callback=rates_path)
@formatted
@debugging
@pass_session
def check_rates(session: Session, /, *, file: str, form: str) -> None:
    """What is wrong with the rates of a file, or looks wrong.

    Ties, gaps, rates that never apply, two taxes of which one stands for the other, a per cent figure where
    a fraction should be, unknown places, overlapping versions, reversed dates, ids that stand twice; packs
    that are old. Exits with 4 where rates tie, with 3 where anything else was found that is wrong.
    """
    read = rates_of(file)
    table = table_of(file) if file.startswith(PACK) else RateTable(read.rates)
    found, report = table.check(), [*read.report, *stale_packs(table, today())]
    for finding in found:
        if finding.code not in WORTH_A_LOOK:
            session.note(UNDETERMINED if finding.code == "ambiguousRates" else INVALID)
    document = {
        "format": FORMAT,
        "rates": len(read.rates),
        "findings": [_finding(one) for one in found],
        "report": [notice.to_dict() for notice in report],
    }
    lines = [f"{len(read.rates)} rates, {len(found) or 'no'} finding{'' if len(found) == 1 else 's'}"]
    lines += [printable(f"{one.code}: {one.message}") for one in found]
    lines += [printable(f"{notice.code}: {notice.message}") for notice in report]
    answer(form, document, lines)


def _finding(one: Finding) -> dict[str, object]:
    return {"code": one.code, "message": one.message, "rates": list(one.rates)}


@rates.command("convert", epilog=RATES + "  taxengine rates convert rates.json --to csv -o rates.csv\n")
@click.argument("file", callback=rates_path)
@click.option("--from", "source", type=click.Choice(sorted(IMPORTERS)), help="Else by what is in the file.")
@click.option("--rates", "beside", callback=paths, metavar="FILE", help="The rate file of sst-boundary.")
@click.option("--to", "form", type=click.Choice(["json", "jsonl", "csv"]), default="json", help="Else json.")
@output_options
@debugging
def convert(
    file: str, source: str | None, beside: str | None, form: Any, target: str | None, force: bool
) -> None:
    """The rates of a file in another format. What is left out or changed is told on standard error.

    Besides our own formats: the rate files of the Streamlined states (sst), and their boundaries
    (sst-boundary, with --rates), a state's ZIP table (zip), Washington's quarterly files (dor), a shop's
    table (shop), the vat-rates JSON and CSV (vat-rates, vat-rates-csv), an export of Stripe's tax rates
    (stripe).

    In CSV, text that a spreadsheet would take for a formula has an apostrophe before it, which is taken
    off again where the file is read.
    """
    packed = file.startswith(PACK)
    with (
        output(target, force=force) as out,
        naming(file),
        nullcontext(file) if packed else whole(file) as path,
    ):
        reading = None if packed else imported(path, source, beside)
        if reading is not None and form == "jsonl" and target not in (None, "-"):
            for line in lines_of(reading):
                out.write(line)
            report = reading.report
        else:
            read = rates_of(path) if reading is None else RatesFile(list(reading), reading.report)
            report = read.report
            out.write(write_rates(read.rates, form).encode())
        for notice in report:
            say(told(notice))


@rates.command(
    epilog=RATES + "  taxengine rates match rates.json --country DE --category books --on 2026-03-01\n"
)
@click.argument("file", callback=rates_path)
@click.option(
    "--country", required=True, callback=country_of, metavar="CODE", help="Where the sale is taxed."
)
@click.option("--state", metavar="TEXT", help="A code or name: CA, US-CA, California.")
@click.option("--county", metavar="TEXT")
@click.option("--city", metavar="TEXT")
@click.option("--postal-code", metavar="TEXT")
@click.option(
    "--jurisdiction", "jurisdictions", multiple=True, metavar="CODE", help="A resolved code; may be repeated."
)
@click.option("--category", metavar="TEXT", help="The tax category of what is sold.")
@click.option("--on", callback=day_of, metavar="DATE", help="The tax date; else today.")
@formatted
@debugging
@pass_session
def match(
    session: Session, /, *, file: str, category: str | None, on: date | None, form: str, **address: Any
) -> None:
    """Which rates apply at an address on a date, and why the others do not."""
    table = table_of(file)
    try:
        place = Address(**address)
    except InvalidInput as error:
        raise click.UsageError(str(error)) from None
    found = matched(table, place, on or today(), category)
    if found.error is not None:
        session.refuse(found.error)
    answer(form, found.document, told_match(found))


@rates.command(
    epilog=RATES + "  taxengine rates convert rates.json --to csv > rates.csv\n"
    "  taxengine rates diff rates.json rates.csv\n"
)
@click.argument("before", callback=rates_path)
@click.argument("after", callback=rates_path)
@formatted
@debugging
def diff(before: str, after: str, form: str) -> None:
    """What changed from one file of rates to another: which rates were added, removed, changed."""
    if before == after == "-":
        raise click.UsageError("standard input (-) can be read once")
    from taxengine.cli.comparing import changes, told_changes

    found = changes(rates_of(before).rates, rates_of(after).rates)
    answer(form, {"format": FORMAT, **found}, told_changes(found))


@rates.command(
    "packs",
    epilog="\b\nExample:\n  taxengine rates packs --format table\n  taxengine rates packs eu --format json\n",
)
@click.argument("name", required=False)
@formatted
@debugging
def list_packs(name: str | None, form: str) -> None:
    """The packs of rates that ship, or one with its rows, each with its source and when it was verified.

    Elsewhere `pack:eu,ca` stands for the rates of packs: `taxengine calculate invoice.json --rates pack:eu`.
    """
    if name is None:
        document, lines = told_packs()
    else:
        try:
            document, lines = pack_document(name)
        except InvalidInput as error:
            told = "; ".join(filter(None, (str(error), error.problems[0].hint)))
            raise click.BadParameter(told, param_hint="NAME") from None
    answer(form, {"format": FORMAT, **document}, lines)
