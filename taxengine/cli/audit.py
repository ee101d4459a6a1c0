"""Audit: the commands over sealed results: seal, replay, recalculate, compare, refund."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from taxengine.cli.auditing import Rows, Task, digest_of, sound, work_of
from taxengine.cli.calculate import check_tax_ids, policy_of
from taxengine.cli.inputs import from_files
from taxengine.cli.keys import key_option
from taxengine.cli.options import RATES_HELP, day_of, output_options, rates_path, table_of
from taxengine.cli.output import output
from taxengine.cli.printing import say
from taxengine.cli.progress import Progress
from taxengine.cli.refunding import refund
from taxengine.cli.reporting import Reported, Sides
from taxengine.cli.run import Run
from taxengine.cli.sealed_options import (
    FILES,
    Given,
    check_again,
    check_outputs,
    check_resume,
    long_work,
    paths_of_invoices,
    paths_of_sealed,
    sealed_paths,
)
from taxengine.cli.sealing import Sealing
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.core.calculation import calculate
from taxengine.core.invoice import Invoice
from taxengine.core.matching import determine
from taxengine.core.result import Calculation
from taxengine.documents.answers import Answers
from taxengine.documents.writing import plain_bytes
from taxengine.recalculation.files import documents
from taxengine.recalculation.pairs import pairs
from taxengine.recalculation.recalculating import Change, known_on, recalculated
from taxengine.recalculation.replaying import replay as replay_result
from taxengine.recalculation.sealed import MOST_BYTES, Sealed, read_sealed


@click.group(epilog=FILES + "  taxengine audit replay july.jsonl\n")
@debugging
def audit() -> None:
    """Results that answer for themselves: seal them, replay them, ask what would be, compare, refund.

    A sealed result is one line of JSON that holds all it takes to compute it again. Where sealed results
    are read, PATH is a file of them or a folder; - is standard input.
    """


def _tasks(sources: Given) -> Iterator[Task]:
    return (Task(place, line) for place, line in documents(sources.files))


@audit.command(epilog=FILES)
@click.argument("sources", metavar="PATH...", nargs=-1, required=True, callback=paths_of_invoices)
@click.option("--rates", metavar="FILE|PACK", callback=rates_path, help=RATES_HELP)
@click.option("--policy", metavar="NAME|FILE", help="How to round: a preset, or a policy in a file.")
@click.option("--missing-rate", type=click.Choice(["error", "untaxed"]), default="error",
              help="What a line is for which there is no rate; without this, an error.")  # fmt: skip
@click.option("--without-party", is_flag=True,
              help="Leave out names, tax numbers, and what of addresses decides no tax.")  # fmt: skip
@key_option
@output_options
@debugging
@pass_session
def seal(
    session: Session,
    /,
    *,
    sources: Given,
    rates: str | None,
    policy: str | None,
    missing_rate: str,
    without_party: bool,
    key: bytes | None,
    target: str | None,
    force: bool,
) -> None:
    """Calculate invoices, and seal each result: one line of JSON that can be computed again from itself.

    PATH holds one invoice, an array of them, or one a line (JSON Lines), or is a folder of such files; - is
    standard input. A sealed result is taken as well: its seal is checked, and with --without-party it is
    written without that.
    """
    session.answers_refusals = True
    check_outputs([*sources.files, rates, policy], target)
    with output(target, force=force) as out, Progress() as progress:
        table, chosen = table_of(rates), policy_of(policy)

        def calculated(read: Invoice | Sealed) -> Calculation | Sealed:
            if isinstance(read, Sealed):
                return read
            determination = determine(read, table, missing_rate=missing_rate)
            check_tax_ids(determination)
            return calculate(read, determination, policy=chosen)

        sealing = Sealing(key, without_party=without_party)
        run = Run(session, sealing, sealing.told, (calculated,), read=sealing.read)
        blocks = from_files(sources.files, most=MOST_BYTES)
        run.over(blocks, out, progress, many=True)


@audit.command(epilog=FILES + "  taxengine audit replay july.jsonl\n")
@sealed_paths
@key_option
@long_work
@debugging
@pass_session
def replay(
    session: Session,
    /,
    *,
    sources: Given,
    key: bytes | None,
    target: str | None,
    force: bool,
    resume: bool,
) -> None:
    """Compute sealed results again, from themselves alone: the same bytes, or what is not the same.

    Each answer is the calculation as `taxengine calculate --format jsonl` wrote it. A result that was
    changed, or that comes out otherwise, is answered with its error, and the run ends with 3.
    """
    check_resume(target, resume, sources)
    check_outputs(sources.files, target)
    answers = Answers()

    def again(task: Task) -> bytes:
        return plain_bytes(answers.spelt(replay_result(sound(task.before), key=key))) + b"\n"

    rows = Rows(session, again)
    work = work_of("replay", sources.files, {"keyed": key is not None})
    rows.over(_tasks(sources), target, work, force=force, resume=resume)
    say(f"{rows.done - rows.refused:,} replayed the same, {rows.refused:,} not")


@audit.command(
    epilog=FILES
    + """\
  echo '{"id": "de-16", "country": "DE", "type": "valueAddedTax",
         "percentageDecimal": "0.16", "inclusive": null}' > sixteen.json
  taxengine audit recalculate july.jsonl --rates sixteen.json
"""
)
@sealed_paths
@click.option("--rates", metavar="FILE|PACK", callback=rates_path, help="Other rates: a file, or pack:eu,ca.")
@click.option("--policy", metavar="NAME|FILE", help="Another policy: a preset, or a policy in a file.")
@click.option("--as-of", metavar="DATE", callback=day_of,
              help="Of the rates, those known on that day, as their `created` says.")  # fmt: skip
@click.option("--missing-rate", type=click.Choice(["error", "untaxed"]),
              help="What a line is for which there is no rate; else as it was sealed.")  # fmt: skip
@click.option("--report", metavar="FILE", help="Write a page with plots, causes and the largest differences.")
@key_option
@long_work
@debugging
@pass_session
def recalculate(
    session: Session,
    /,
    *,
    sources: Given,
    rates: str | None,
    policy: str | None,
    as_of: date | None,
    missing_rate: str | None,
    report: str | None,
    key: bytes | None,
    target: str | None,
    force: bool,
    resume: bool,
) -> None:
    """What sealed results would be with other rates or another policy, and why they would differ.

    A row for each: its totals before and after, and the cause of every minor unit of the difference.
    """
    check_resume(target, resume, sources)
    check_outputs([*sources.files, rates, policy], target, report)
    if report is not None:
        check_again("--report", sources)
    change = _change(rates, policy, as_of, missing_rate)

    def sides(task: Task) -> Sides:
        done = read_sealed(sound(task.before), key=key)
        before = replay_result(done)
        return Sides(before, recalculated(done, before, change), {"seal": done.hash})

    options = {
        "rates": None if change.rates is None else f"{rates}, {change.rates.digest}",
        "policy": None if policy is None else f"{policy}, {digest_of(policy)}",
        "as of": as_of and as_of.isoformat(),
        "missing rate": missing_rate,
    }
    work = work_of("recalculate", sources.files, options)
    reported = Reported(sides, lambda: _tasks(sources), work, report, force=force)
    reported.run(session, target, force=force, resume=resume)


def _change(rates: str | None, policy: str | None, as_of: date | None, missing_rate: str | None) -> Change:
    """What is asked not to be as it was. Raises `UsageError` where nothing is."""
    if rates is None and policy is None:
        raise click.UsageError("say what is to change: --rates, --policy, or both")
    if missing_rate is not None and rates is None:
        raise click.UsageError("--missing-rate needs --rates: without, what was determined then stands")
    if as_of is not None and rates is None:
        raise click.UsageError("--as-of needs --rates, of which to take those known then")
    table = None if rates is None else table_of(rates)
    known = table if table is None or as_of is None else known_on(table, as_of)
    return Change(known, policy_of(policy), missing_rate=missing_rate)


@audit.command(
    epilog=FILES
    + """\
  taxengine audit seal invoice.json --rates rates.json --policy en16931 -o other.jsonl
  taxengine audit compare july.jsonl other.jsonl
"""
)
@click.argument("before", metavar="A", callback=paths_of_sealed)
@click.argument("after", metavar="B", callback=paths_of_sealed)
@click.option("--report", metavar="FILE", help="Write a page with plots, causes and the largest differences.")
@key_option
@long_work
@debugging
@pass_session
def compare(
    session: Session,
    /,
    *,
    before: Given,
    after: Given,
    report: str | None,
    key: bytes | None,
    target: str | None,
    force: bool,
    resume: bool,
) -> None:
    """Two sets of sealed results: what differs between those of one document, and why.

    A and B are files or folders. A row for each document of A, then for those that only B has.
    """
    check_resume(target, resume, before, after)
    check_again("compare", before, after)
    check_outputs([*before.files, *after.files], target, report)

    def sides(task: Task) -> Sides:
        done = {
            name: read_sealed(sound(line), key=key)
            for name, line in (("seal", task.before), ("sealAfter", task.after))
            if line is not None
        }
        was, now = (replay_result(done[name]) if name in done else None for name in ("seal", "sealAfter"))
        return Sides(was, now, {name: one.hash for name, one in done.items()})

    def tasks() -> Iterator[Task]:
        for pair in pairs(before.files, after.files):
            yield Task(pair.place, *(side and side[1] for side in pair))

    work = work_of("compare", [*before.files, *after.files], {"A": before.paths[0], "B": after.paths[0]})
    reported = Reported(sides, tasks, work, report, force=force)
    reported.run(session, target, force=force, resume=resume)


audit.add_command(refund)
