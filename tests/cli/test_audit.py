"""Audit: the commands over sealed results, as a person in a shell uses them."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli import command, invoice, lines_of, process, process_of, rate, shell

KEY = "a key that is long enough"


def german(percentage: str, *, id: str = "de-19", **more: Any) -> list[dict[str, Any]]:
    return [rate(id, "DE", percentage) | {"inclusive": None} | more]


def written(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document))
    return path


@pytest.fixture
def invoices(here: Path) -> Path:
    """Three invoices, one a line; the third has no rate."""
    path = here / "in.jsonl"
    behavior = {"taxBehavior": "exclusive"}
    path.write_bytes(lines_of(invoice("a", **behavior), invoice("b", **behavior), invoice("c", country="FR")))
    return path


@pytest.fixture
def sealed(here: Path, invoices: Path) -> Path:
    """The first two, sealed with 19 %."""
    written(here / "r19.json", german("0.19"))
    done = command("audit", "seal", invoices, "--rates", "r19.json")
    assert done.code == 4
    lines = done.out.splitlines(keepends=True)
    assert [json.loads(line).get("error", {}).get("code") for line in lines] == [None, None, "missingRate"]
    (here / "sealed.jsonl").write_bytes(b"".join(lines[:2]))
    return here / "sealed.jsonl"


@pytest.fixture
def sixteen(here: Path) -> Path:
    return written(here / "r16.json", german("0.16"))


# ---- seal and replay ----


def test_a_replay_is_what_was_calculated(sealed: Path, invoices: Path) -> None:
    done = command("audit", "replay", sealed)
    assert (done.code, done.err) == (0, "2 replayed the same, 0 not\n")
    calculated = command("calculate", invoices, "--rates", "r19.json", "--format", "jsonl")
    assert done.out.splitlines() == calculated.out.splitlines()[:2]


def test_a_replay_needs_no_rates(sealed: Path, here: Path) -> None:
    (here / "r19.json").write_text("[]")
    before = command("audit", "replay", sealed).out
    (here / "r19.json").unlink()
    assert command("audit", "replay", sealed).out == before


def test_a_changed_document_does_not_stop_the_others(sealed: Path, here: Path) -> None:
    one, other = sealed.read_bytes().splitlines(keepends=True)
    sealed.write_bytes(one.replace(b"100.00", b"900.00") + b"\n" + b"{\n" + other)
    done = command("audit", "replay", sealed)
    assert done.code == 3
    rows = done.lines()
    assert [row.get("error", {}).get("code") for row in rows] == ["sealBroken", "invalidJson", None]
    assert rows[0]["invoice"] == "a"
    assert [row["place"] for row in rows[:2]] == [{"file": str(sealed), "number": n} for n in (1, 3)]
    assert "sealed.jsonl:1, invoice a: seal: expected the hash of what is sealed, got another" in done.err
    assert "1 replayed the same, 2 not" in done.err


def test_a_folder_is_all_its_files_in_order(sealed: Path, here: Path) -> None:
    folder = here / "months"
    (folder / "deeper").mkdir(parents=True)
    one, other = sealed.read_bytes().splitlines(keepends=True)
    (folder / "b.jsonl").write_bytes(one)
    (folder / "deeper" / "a.json").write_bytes(other)
    (folder / "notes.txt").write_text("not read")
    (folder / ".hidden.jsonl").write_text("not read")
    assert [row["invoice"] for row in command("audit", "replay", folder).lines()] == ["a", "b"]


def test_standard_input_is_read(sealed: Path) -> None:
    done = command("audit", "replay", "-", given=sealed.read_bytes())
    assert [row["invoice"] for row in done.lines()] == ["a", "b"]


def test_an_array_or_one_invoice_is_sealed_one_a_line(here: Path, rates: Path) -> None:
    path = written(here / "array.json", [invoice("a"), invoice("b")])
    assert len(command("audit", "seal", path, "--rates", rates).lines()) == 2


@pytest.mark.parametrize(
    "line",
    [
        "replay",
        "replay none.jsonl",
        "replay sealed.jsonl --resume",
        "recalculate sealed.jsonl",
        "recalculate none.jsonl --policy en16931",
        "recalculate sealed.jsonl --as-of 2026-01-01",
        "recalculate sealed.jsonl --policy en16931 --missing-rate untaxed",
        "recalculate sealed.jsonl --policy en16931 --report -",
        "recalculate - --policy en16931 --report r.html",
        "replay - --resume -o out.jsonl",
        "compare none none",
        "compare - sealed.jsonl",
        "compare sealed.jsonl pipe",
        "compare pipe sealed.jsonl",
        "refund sealed.jsonl --invoice a --all --net",
    ],
)
def test_wrong_use_is_told_and_ends_with_2(sealed: Path, here: Path, line: str) -> None:
    os.mkfifo(here / "pipe")
    before = sorted(os.listdir(here))
    done = command("audit", *line.split())
    assert (done.code, done.out) == (2, b"")
    assert "Traceback" not in done.err
    assert sorted(os.listdir(here)) == before


def test_standard_input_that_is_closed_is_told(here: Path) -> None:
    for line in ("replay -", "refund - --all", "seal -", "recalculate - --policy en16931"):
        done = shell(f"taxengine audit {line} <&-")
        assert (done.code, done.out) == (2, b""), line
        assert "standard input is closed" in done.err


# ---- what is read and what is written ----


@pytest.mark.parametrize(
    "line",
    [
        "replay sealed.jsonl -o sealed.jsonl",
        "replay . -o ./sealed.jsonl",
        "replay link.jsonl -o sealed.jsonl",
        "seal sealed.jsonl --without-party -o sealed.jsonl",
        "seal in.jsonl --rates r19.json -o r19.json",
        "refund sealed.jsonl --invoice a --all -o sealed.jsonl",
        "recalculate sealed.jsonl --rates r19.json -o r19.json",
        "recalculate sealed.jsonl --policy en16931 --report sealed.jsonl",
        "recalculate sealed.jsonl --policy en16931 -o new.html --report ./new.html",
        "recalculate sealed.jsonl --policy en16931 -o out.jsonl --report -",
        "compare sealed.jsonl in.jsonl -o in.jsonl",
        "compare sealed.jsonl in.jsonl --report sealed.jsonl",
    ],
)
def test_no_output_takes_the_place_of_what_is_read(sealed: Path, here: Path, line: str) -> None:
    (here / "link.jsonl").symlink_to("sealed.jsonl")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    done = command("audit", *line.split(), "--force")
    assert (done.code, done.out) == (2, b"")
    assert "expected" in done.err
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_an_output_inside_its_input_reads_nothing_of_itself(sealed: Path, here: Path) -> None:
    folder = here / "year"
    folder.mkdir()
    (folder / "sealed.jsonl").write_bytes(sealed.read_bytes())
    for _ in range(2):
        done = command("audit", "replay", "year", "-o", "year/a.jsonl")
        assert done.err == "2 replayed the same, 0 not\n"
        (folder / "a.jsonl").unlink()
    (folder / "a.jsonl.partial").mkdir()
    (folder / "a.jsonl.partial" / "rows.jsonl").write_bytes(b"{}\n")
    assert command("audit", "replay", "year").err == "2 replayed the same, 0 not\n"
    (folder / "a.jsonl.partial" / "rows.jsonl").unlink()
    (folder / "a.jsonl.partial").rmdir()
    done = command(
        "audit", "recalculate", "year", "--policy", "en16931", "-o", "year/b.jsonl", "--report", "year/r.json"
    )
    assert (done.code, len((folder / "b.jsonl").read_bytes().splitlines())) == (0, 2)


def test_resume_alone_replaces_no_report(sealed: Path, sixteen: Path, here: Path) -> None:
    (here / "r.html").write_text("old")
    work = ("audit", "recalculate", sealed, "--rates", sixteen, "-o", "out.jsonl", "--report", "r.html")
    assert command(*work, "--resume").code == 2
    assert (here / "r.html").read_text() == "old"
    assert command(*work, "--resume", "--force").code == 0
    assert (here / "r.html").read_text() != "old"


ODD = os.fsdecode(b"caf\xe9.jsonl")
"""A name that is no UTF-8, as disks of another time have them."""


def test_a_file_may_have_any_name(sealed: Path, sixteen: Path, here: Path) -> None:
    lines = sealed.read_bytes().splitlines(keepends=True)
    (here / "months").mkdir()
    odd = here / "months" / ODD
    odd.write_bytes(b"{]\n" + b"".join(lines))
    shown = {"file": "months/caf\\xe9.jsonl", "number": 1}
    done = command("audit", "replay", "months")
    assert (done.code, done.lines()[0]["place"]) == (3, shown)
    assert "caf\\xe9.jsonl:1" in done.err
    for form in (("recalculate", "months", "--rates", sixteen), ("compare", f"months/{ODD}", "months")):
        done = command("audit", *form, "--report", "r.html", "-o", "out.jsonl", "--force")
        assert done.code == 3, done.err
        assert "unexpected" not in done.err
        rows = [json.loads(line) for line in (here / "out.jsonl").read_bytes().splitlines()]
        assert [row["place"]["number"] for row in rows][:3] == [1, 2, 3]
        assert {row["place"]["file"] for row in rows} == {shown["file"]}
    assert command("audit", "recalculate", "months", "--rates", sixteen, "--report", "s.html").code == 3
    assert "Line 1" in (here / "s.html").read_text()  # the explanation was found again
    odd.write_bytes(lines[0])
    done = command("audit", "refund", "months", "--all", "-o", f"months/back-{ODD}")
    assert done.code == 0
    done = command("audit", "compare", sealed, "months")
    assert done.lines()[0]["before"] == done.lines()[0]["after"]


def test_a_link_that_leads_nowhere_is_refused_and_the_rest_is_done(sealed: Path, here: Path) -> None:
    (here / "year").mkdir()
    (here / "year" / "b.JSONL").write_bytes(sealed.read_bytes())
    (here / "year" / "a.jsonl").symlink_to("gone.jsonl")
    os.mkfifo(here / "year" / "c.jsonl")
    done = command("audit", "replay", "year", "-o", "out.jsonl")
    assert done.code == 3
    assert "a.jsonl: No such file or directory" in done.err
    rows = [json.loads(line) for line in (here / "out.jsonl").read_bytes().splitlines()]
    assert [row["invoice"] for row in rows] == [None, "a", "b"]
    assert rows[0]["place"] == {"file": "year/a.jsonl", "number": 1}
    done = command("audit", "compare", "year", sealed)
    assert [row["invoice"] for row in done.lines()] == [None, "a", "b"]


def test_what_cannot_be_written_down_is_a_bug_of_one_document(here: Path) -> None:
    from taxengine.cli.auditing import Rows, Task, work_of
    from taxengine.cli.session import Session
    from taxengine.core.errors import InvalidInput, Problem
    from taxengine.recalculation.files import Place

    def do(task: Task) -> dict[str, Any]:
        if task.place.number == 1:
            return {"format": 1, "text": "\udce9"}
        if task.place.number == 2:
            raise InvalidInput(Problem("invalidValue", "odd: \udce9"))
        return {"format": 1, "text": "good"}

    session = Session()
    rows = Rows(session, do)
    tasks = (Task(Place("in.jsonl", number), b"{}") for number in (1, 2, 3))
    rows.over(tasks, "out.jsonl", work_of("test", [], {}), force=False, resume=False)
    told = [json.loads(line) for line in (here / "out.jsonl").read_bytes().splitlines()]
    assert [row.get("error", {}).get("code") for row in told] == ["invariantBroken", "invariantBroken", None]
    assert (rows.done, rows.refused, session.exit_code) == (3, 2, 1)


def test_a_folder_of_invoices_is_sealed(here: Path, rates: Path) -> None:
    (here / "in" / "deep").mkdir(parents=True)
    written(here / "in" / "a.json", invoice("a"))
    written(here / "in" / "deep" / "b.JSON", invoice("b"))
    (here / "in" / "notes.txt").write_text("not read")
    done = command("audit", "seal", "in", "--rates", rates)
    assert [json.loads(line)["sealed"]["calculation"]["invoice"] for line in done.out.splitlines()] == [
        "a",
        "b",
    ]
    (here / "in" / "c.json").symlink_to("gone.json")
    assert command("audit", "seal", "in", "--rates", rates).code == 2


def test_a_sealed_result_may_be_longer_than_an_invoice(
    here: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from taxengine.cli import inputs

    monkeypatch.setattr(inputs, "MOST_BYTES", 500)
    monkeypatch.setattr(inputs, "AT_ONCE", 100)
    done = command("audit", "seal", sealed, "--without-party")
    assert (done.code, done.out) == (0, sealed.read_bytes())


# ---- keys and the party block ----


def test_a_key_comes_from_the_environment_or_a_private_file(
    here: Path, rates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(here / "in.json", invoice())
    (here / "key").write_text(KEY + "\n")
    (here / "key").chmod(0o600)
    keyed = command("audit", "seal", "in.json", "--rates", rates, "--key-file", "key").out
    assert b'"seal":"hmac-sha256:' in keyed
    (here / "sealed.jsonl").write_bytes(keyed)
    assert command("audit", "replay", "sealed.jsonl").lines()[0]["error"]["code"] == "sealKeyNeeded"
    monkeypatch.setenv("TAXENGINE_SEAL_KEY", KEY)
    assert command("audit", "replay", "sealed.jsonl").code == 0
    assert command("audit", "seal", "in.json", "--rates", rates).out == keyed


@pytest.mark.parametrize(("mode", "text"), [(0o644, KEY), (0o640, KEY), (0o600, "short"), (0o600, "")])
def test_a_key_file_that_others_may_read_and_a_short_key_are_refused(
    here: Path, rates: Path, mode: int, text: str
) -> None:
    written(here / "in.json", invoice())
    (here / "key").write_text(text)
    (here / "key").chmod(mode)
    done = command("audit", "seal", "in.json", "--rates", rates, "--key-file", "key")
    assert (done.code, done.out) == (2, b"")
    assert KEY not in done.err


def test_a_key_is_taken_whole_or_not_at_all(here: Path, rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(here / "in.json", invoice())

    def keyed(held: bytes) -> Any:
        (here / "key").write_bytes(held)
        (here / "key").chmod(0o600)
        return command("audit", "seal", "in.json", "--rates", rates, "--key-file", "key")

    key = KEY.encode()
    plain = keyed(key).out
    assert keyed(key + b"\n").out == keyed(key + b"\r\n").out == plain
    for other in (key + b"\n\n", key + b"\r", key + b"\r\n\n"):
        done = keyed(other)
        assert (done.code, done.out != plain) == (0, True), other
    assert keyed(b"k" * 4096).code == 0
    done = keyed(b"k" * 4096 + b"\n")
    assert (done.code, done.out) == (2, b"")
    assert "at most 4096 bytes" in done.err
    monkeypatch.setenv("TAXENGINE_SEAL_KEY", "")
    done = command("audit", "seal", "in.json", "--rates", rates)
    assert (done.code, done.out) == (2, b"")
    assert "TAXENGINE_SEAL_KEY: expected a key, got nothing" in done.err


def test_no_key_is_told_in_any_output(here: Path, rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAXENGINE_SEAL_KEY", KEY)
    written(here / "in.json", invoice())
    for arguments in (("seal", "in.json", "--rates", rates), ("replay", "in.json"), ("seal", "nonesuch")):
        done = command("audit", *arguments)
        assert KEY not in done.err + done.out.decode()


def test_the_party_block_can_be_left_out_and_taken_out_later(here: Path, rates: Path) -> None:
    document = invoice()
    document["customer"]["name"] = "Ada"
    written(here / "in.json", document)
    whole = command("audit", "seal", "in.json", "--rates", rates).out
    (here / "sealed.jsonl").write_bytes(whole)
    later = command("audit", "seal", "sealed.jsonl", "--without-party")
    assert later.code == 0
    for out in (later.out, command("audit", "seal", "in.json", "--rates", rates, "--without-party").out):
        assert b"Ada" not in out
        (here / "without.jsonl").write_bytes(out)
        assert command("audit", "replay", "without.jsonl").code == 0
    assert json.loads(later.out)["seal"] == json.loads(whole)["seal"]


# ---- recalculate and compare ----


def test_what_would_be_is_told_with_causes_and_sums(sealed: Path, sixteen: Path) -> None:
    done = command("audit", "recalculate", sealed, "--rates", sixteen)
    assert done.code == 0
    assert done.err == "EUR: 2 documents, 2 changed: tax 38.00 -> 32.00, -6.00: rate -6.00\n"
    first = done.lines()[0]
    assert first["difference"]["tax"] == "-3.00"
    assert first["causes"] == [{"cause": "rate", "line": "1", "tax": "-3.00", "withheld": "0.00"}]
    assert first["place"] == {"file": str(sealed), "number": 1}


def test_the_results_stay_as_they_were(sealed: Path, sixteen: Path) -> None:
    before = sealed.read_bytes()
    command("audit", "recalculate", sealed, "--rates", sixteen)
    assert sealed.read_bytes() == before


def test_the_same_rates_differ_in_nothing(sealed: Path) -> None:
    done = command("audit", "recalculate", sealed, "--rates", "r19.json")
    assert [row["causes"] for row in done.lines()] == [[], []]
    assert "2 documents, 0 changed" in done.err


def test_of_the_rates_those_known_on_a_day(sealed: Path, here: Path) -> None:
    early = german("0.19", created="2026-01-01T00:00:00Z", validUntil="2027-01-01")
    late = german(
        "0.16", id="de-16", created="2026-06-01T00:00:00Z", overridesPlace=True, taxCategories=["books"]
    )
    path = written(here / "known.json", early + late)
    for day, tax in (("2026-05-31", "19.00"), ("2026-06-01", "16.00")):
        done = command("audit", "recalculate", sealed, "--rates", path, "--as-of", day)
        assert done.lines()[0]["after"]["tax"] == tax
    without = command("audit", "recalculate", sealed, "--rates", "r19.json", "--as-of", "2026-05-31")
    assert without.code == 3
    assert "created" in without.err


def test_a_missing_rate_is_a_refused_row_and_no_zero(sealed: Path, here: Path) -> None:
    path = written(here / "none.json", [rate("fr", "FR", "0.2")])
    done = command("audit", "recalculate", sealed, "--rates", path)
    assert done.code == 4
    assert [row["error"]["code"] for row in done.lines()] == ["missingRate", "missingRate"]
    assert "2 refused" in done.err
    untaxed = command("audit", "recalculate", sealed, "--rates", path, "--missing-rate", "untaxed")
    assert [row["after"]["tax"] for row in untaxed.lines()] == ["0.00", "0.00"]


def test_two_sets_are_compared_by_document_wherever_it_stands(sealed: Path, here: Path, rates: Path) -> None:
    _one, _other = sealed.read_bytes().splitlines(keepends=True)
    written(here / "r16.json", german("0.16"))
    written(
        here / "more.json", [invoice("b", taxBehavior="exclusive"), invoice("d", taxBehavior="exclusive")]
    )
    again = command("audit", "seal", "more.json", "--rates", "r16.json").out
    (here / "other.jsonl").write_bytes(again)
    done = command("audit", "compare", sealed, "other.jsonl")
    assert done.code == 0
    rows = {row["invoice"]: row for row in done.lines()}
    assert list(rows) == ["a", "b", "d"]
    assert rows["a"]["after"] is None
    assert rows["b"]["difference"]["tax"] == "-3.00"
    assert rows["d"]["before"] is None
    total = sum(Decimal(cause["tax"]) for row in rows.values() for cause in row["causes"])
    assert total == Decimal("-3.00") - 19 + 16


def test_what_cannot_be_read_of_either_set_is_refused_and_the_rest_done(sealed: Path, here: Path) -> None:
    (here / "other.jsonl").write_bytes(b"{]\n" + sealed.read_bytes().replace(b"100.00", b"900.00", 1))
    done = command("audit", "compare", sealed, "other.jsonl")
    assert done.code == 3
    codes = [row.get("error", {}).get("code") for row in done.lines()]
    assert codes == ["sealBroken", None, "invalidJson"]


# ---- the report ----


def test_the_report_ties_with_the_rows(sealed: Path, sixteen: Path, here: Path) -> None:
    done = command(
        "audit", "recalculate", sealed, "--rates", sixteen, "--report", "r.html", "-o", "rows.jsonl"
    )
    assert done.code == 0
    page = (here / "r.html").read_text()
    rows = [json.loads(line) for line in (here / "rows.jsonl").read_bytes().splitlines()]
    assert sum(Decimal(row["difference"]["tax"]) for row in rows) == Decimal("-6.00")
    assert "−6.00" in page
    assert "Line 1" in page  # an explanation
    assert done.out == b""


def test_a_report_says_which_rates_it_was_made_with(sealed: Path, sixteen: Path, here: Path) -> None:
    command("audit", "recalculate", sealed, "--rates", sixteen, "--report", "r.html", "-o", "rows.jsonl")
    page = (here / "r.html").read_text(encoding="utf-8")
    assert "r16.json, sha256:" in page
    assert "sha256:sha256:" not in page


def test_a_report_never_replaces_a_file_unasked(sealed: Path, sixteen: Path, here: Path) -> None:
    (here / "r.html").write_text("old")
    done = command("audit", "recalculate", sealed, "--rates", sixteen, "--report", "r.html")
    assert (done.code, done.out) == (2, b"")
    assert (here / "r.html").read_text() == "old"


# ---- stopped, and gone on with ----

COUNT = 1500


@pytest.fixture
def work(sealed: Path, sixteen: Path, here: Path) -> tuple[str, ...]:
    """Work that takes a while."""
    sealed.write_bytes(sealed.read_bytes().splitlines(keepends=True)[0] * COUNT)
    return ("audit", "recalculate", str(sealed), "--rates", str(sixteen), "-o", "out.jsonl")


def killed(work: tuple[str, ...], here: Path, size: int) -> int:
    """Kill it once it has written so much; returns how many rows were whole by then."""
    rows = here / "out.jsonl.partial" / "rows.jsonl"
    with process_of(*work, cwd=here) as started:
        while not rows.exists() or rows.stat().st_size < size:
            assert started.poll() is None, "it was done before it could be killed"
            time.sleep(0.005)
        started.send_signal(signal.SIGKILL)
    return rows.read_bytes().count(b"\n")


def expected(work: tuple[str, ...], here: Path) -> bytes:
    assert command(*work[:-1], "whole.jsonl").code == 0
    return (here / "whole.jsonl").read_bytes()


def test_killed_work_goes_on_to_the_same_bytes(work: tuple[str, ...], here: Path) -> None:
    whole = expected(work, here)
    for size in (1, 100_000, 300_000):
        done = killed(work, here, size)
        assert not (here / "out.jsonl").exists()
        assert done < COUNT
        assert command(*work).code == 2  # not begun again unasked
        again = command(*work, "--resume", "--report", "r.html", "--force")
        assert again.code == 0, again.err
        assert f"EUR: {COUNT:,} documents" in again.err
        assert (here / "out.jsonl").read_bytes() == whole
        assert not (here / "out.jsonl.partial").exists()
        (here / "out.jsonl").unlink()


def test_killed_several_times_it_still_ends_the_same(work: tuple[str, ...], here: Path) -> None:
    whole = expected(work, here)
    seen = 0
    for size in (1, 200_000, 400_000):
        before, seen = seen, killed((*work, "--resume"), here, size)
        assert seen >= before
    assert command(*work, "--resume").code == 0
    assert (here / "out.jsonl").read_bytes() == whole


def test_other_work_does_not_go_on_with_it(work: tuple[str, ...], here: Path) -> None:
    killed(work, here, 1)
    (here / "r16.json").write_text(json.dumps(german("0.10")))
    done = command(*work, "--resume")
    assert done.code == 2
    assert "other work was stopped here" in done.err
    assert command(*work, "--force").code == 0
    assert len((here / "out.jsonl").read_bytes().splitlines()) == COUNT


def test_the_exit_code_counts_what_was_refused_before_the_stop(
    work: tuple[str, ...], sealed: Path, here: Path
) -> None:
    lines = sealed.read_bytes().splitlines(keepends=True)
    sealed.write_bytes(b"".join([b"{}\n", *lines]))
    killed(work, here, 50_000)
    done = command(*work, "--resume")
    assert done.code == 3
    assert "1 refused" in done.err


def test_two_runs_do_not_work_on_one_file(work: tuple[str, ...], here: Path) -> None:
    with process_of(*work, cwd=here) as started:
        while not (here / "out.jsonl.partial" / "rows.jsonl").exists():
            time.sleep(0.005)
        started.send_signal(signal.SIGSTOP)
        done = command(*work, "--resume")
        started.send_signal(signal.SIGCONT)
        started.communicate()
    assert done.code == 2
    assert "another run is at work here" in done.err
    assert started.returncode == 0


def test_an_interrupt_keeps_what_is_done(work: tuple[str, ...], here: Path) -> None:
    rows = here / "out.jsonl.partial" / "rows.jsonl"
    with process_of(*work, cwd=here) as started:
        while not rows.exists() or not rows.stat().st_size:
            time.sleep(0.005)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate()
    assert started.returncode == 130
    assert b"interrupted" in told
    assert rows.read_bytes()
    assert command(*work, "--resume").code == 0


def limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(work: tuple[str, ...], here: Path) -> None:
    whole = expected(work, here)
    done = process(*work, cwd=here, preexec_fn=limited)
    assert done.code == 1
    assert "--resume goes on" in done.err
    assert "Traceback" not in done.err
    assert not (here / "out.jsonl").exists()
    assert command(*work, "--resume").code == 0
    assert (here / "out.jsonl").read_bytes() == whole


def test_the_reader_of_the_output_may_go_away(work: tuple[str, ...], sealed: Path) -> None:
    done = shell(f"taxengine audit replay {sealed} | head -1")
    assert (done.code, len(done.out.splitlines())) == (0, 1)
    assert "Traceback" not in done.err


@pytest.mark.parametrize("path", ["", "folder", "link.jsonl", "none/out.jsonl"])
def test_a_path_that_cannot_be_is_refused_before_the_work(sealed: Path, here: Path, path: str) -> None:
    (here / "folder").mkdir()
    (here / "link.jsonl").symlink_to("elsewhere")
    done = command("audit", "replay", sealed, "-o", path)
    assert (done.code, done.out) == (2, b"")
    assert sorted(os.listdir(here)) == [
        "folder",
        "in.jsonl",
        "link.jsonl",
        "r19.json",
        "rates.json",
        "sealed.jsonl",
    ]


# ---- refunds ----


def totals(done: Any) -> list[str]:
    return [done.json()["totals"][name] for name in ("net", "tax", "gross")]


def test_refunds_of_a_sealed_invoice_add_up_to_it(sealed: Path, here: Path) -> None:
    one = command("audit", "refund", sealed, "--invoice", "a", "--amount", "11.90")
    assert one.code == 0
    assert totals(one) == ["10.00", "1.90", "11.90"]
    assert one.json()["kind"] == "creditNote"
    (here / "one.json").write_bytes(one.out)
    two = command("audit", "refund", sealed, "one.json", "--invoice", "a", "--lines", "1=0.5", "--sealed")
    assert two.code == 0
    (here / "two.jsonl").write_bytes(two.out)
    assert command("audit", "replay", "two.jsonl").code == 0
    rest = command("audit", "refund", sealed, "one.json", "two.jsonl", "--invoice", "a", "--all")
    assert totals(rest) == ["40.00", "7.60", "47.60"]
    (here / "rest.json").write_bytes(rest.out)
    done = command("audit", "refund", sealed, "one.json", "two.jsonl", "rest.json", "--invoice", "a", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "refundTooMuch")


def test_a_net_amount_and_the_story_of_it(sealed: Path) -> None:
    done = command("audit", "refund", sealed, "--invoice", "b", "--amount", "10.00", "--net", "--explain")
    assert totals(done) == ["10.00", "1.90", "11.90"]
    assert any("1.90" in step["text"] for step in done.json()["explanation"]["steps"])


def test_a_refund_of_a_result_that_was_changed_is_refused(sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes().splitlines()[0].replace(b"100.00", b"900.00"))
    done = command("audit", "refund", sealed, "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "sealBroken")


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ("", 2, "say what is to be refunded"),
        ("--all --amount 3", 2, "say what is to be refunded"),
        ("--all", 3, "expected one sealed invoice, got a, b"),
        ("--all --invoice c", 3, "expected one sealed invoice c, got none"),
        ("--invoice a --lines 7", 3, "7"),
        ("--invoice a --lines 1=2", 3, "expected a part of the 1 left"),
        ("--invoice a --lines 1=", 3, "lines.1"),
        ("--invoice a --amount 1e3", 3, "without an exponent"),
        ("--invoice a --amount 0.001", 3, "multiples of 0.01"),
        ("--invoice a --lines {}", 3, "lines"),
    ],
)
def test_a_refund_that_cannot_be_is_told(sealed: Path, options: str, code: int, told: str) -> None:
    done = command("audit", "refund", sealed, *options.split())
    assert done.code == code, done.err
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("lines", ["1=1,1=2", "1,1", '{"1": 1, "1": 2}'])
def test_a_line_is_asked_for_once(sealed: Path, lines: str) -> None:
    done = command("audit", "refund", sealed, "--invoice", "a", "--lines", lines)
    assert (done.code, done.json()["error"]["code"]) == (3, "duplicateKey")
    assert "lines.1: expected each line once" in done.err


def refunded(sealed: Path, path: str, *options: str) -> bytes:
    """A refund of the invoice a that was written to the path; its bytes."""
    done = command("audit", "refund", sealed, "--invoice", "a", *options, "-o", path)
    assert done.code == 0, done.err
    return Path(path).read_bytes()


@pytest.mark.parametrize(("what", "by"), [(b'"a"', b'"b"'), (b'"a"', b'"x"'), (b"creditNote", b"creditnote")])
def test_a_refund_whose_head_was_changed_is_not_passed_over(sealed: Path, what: bytes, by: bytes) -> None:
    data = refunded(sealed, "one.jsonl", "--amount", "11.90", "--sealed")
    before, _, head = data.rpartition(b'"calculation":')
    Path("one.jsonl").write_bytes(before + b'"calculation":' + head.replace(what, by))
    done = command("audit", "refund", sealed, "one.jsonl", "--invoice", "a", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "sealBroken")
    assert "one.jsonl:1: seal" in done.err


@pytest.mark.parametrize("form", [(), ("--sealed",)])
def test_a_refund_of_an_invoice_that_is_not_there_is_refused(sealed: Path, form: tuple[str, ...]) -> None:
    refunded(sealed, "one.json", "--amount", "11.90", *form)
    Path("b.jsonl").write_bytes(sealed.read_bytes().splitlines()[1])
    done = command("audit", "refund", "b.jsonl", "one.json", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "invalidValue")
    assert "one.json:1: expected a credit note of an invoice that is here, got one of a" in done.err


def test_a_refund_of_another_invoice_that_is_there_takes_nothing(sealed: Path) -> None:
    refunded(sealed, "one.jsonl", "--amount", "11.90", "--sealed")
    done = command("audit", "refund", sealed, "one.jsonl", "--invoice", "b", "--all")
    assert totals(done) == ["100.00", "19.00", "119.00"]


@pytest.mark.parametrize(("form", "again"), [((), ()), (("--sealed",), ("--sealed",)), ((), ("--sealed",))])
def test_the_same_refund_counts_once_or_not_at_all(
    sealed: Path, form: tuple[str, ...], again: tuple[str, ...]
) -> None:
    refunded(sealed, "one.json", "--amount", "11.90", *form)
    refunded(sealed, "two.json", "--amount", "11.90", *again)
    done = command("audit", "refund", sealed, "one.json", "two.json", "--invoice", "a", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "duplicateId")
    assert "two.json:1: expected each refund once, got that of one.json:1 again" in done.err


def test_a_refund_without_its_party_block_counts_once_too(here: Path, rates: Path) -> None:
    document = invoice("a")
    document["customer"]["name"] = "Ada"
    written(here / "in.json", document)
    sold = command("audit", "seal", "in.json", "--rates", rates, "-o", "sold.jsonl", "--without-party")
    assert sold.code == 0
    data = refunded(here / "sold.jsonl", "one.jsonl", "--amount", "11.90", "--sealed")
    (here / "two.jsonl").write_bytes(data * 2)
    done = command("audit", "refund", "sold.jsonl", "two.jsonl", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "duplicateId")


def test_with_a_key_each_refund_is_sealed(here: Path, rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAXENGINE_SEAL_KEY", KEY)
    written(here / "in.json", invoice("a"))
    assert command("audit", "seal", "in.json", "--rates", rates, "-o", "sold.jsonl").code == 0
    refunded(here / "sold.jsonl", "plain.json", "--amount", "11.90")
    refunded(here / "sold.jsonl", "sealed.jsonl", "--amount", "11.90", "--sealed")
    done = command("audit", "refund", "sold.jsonl", "plain.json", "--all")
    assert (done.code, done.json()["error"]["code"]) == (3, "unexpectedSeal")
    assert "plain.json:1: document: expected a credit note sealed with the key" in done.err
    assert totals(command("audit", "refund", "sold.jsonl", "sealed.jsonl", "--all")) == [
        "90.00",
        "17.10",
        "107.10",
    ]


def test_refusals_among_the_results_are_passed_over(sealed: Path, here: Path, invoices: Path) -> None:
    answers = command("audit", "seal", invoices, "--rates", "r19.json").out
    (here / "all.jsonl").write_bytes(answers)
    assert totals(command("audit", "refund", "all.jsonl", "--invoice", "a", "--all"))[2] == "119.00"
    (here / "all.jsonl").write_bytes(answers + b'{"kind": "invoice", "invoice": "a"}\n')
    done = command("audit", "refund", "all.jsonl", "--invoice", "a", "--all")
    assert done.code == 3
    assert "all.jsonl:4: document: expected a sealed result or a credit note, got something else" in done.err


def test_a_refund_reads_a_pipe_once(sealed: Path, here: Path) -> None:
    refunded(sealed, "one.json", "--amount", "11.90")
    done = shell(f"taxengine audit refund <(cat {sealed}) <(cat one.json) --invoice a --all")
    assert totals(done) == ["90.00", "17.10", "107.10"]


def test_lines_with_odd_ids_are_named_as_json(here: Path, rates: Path) -> None:
    written(here / "in.json", invoice(line={"id": "a,b=1"}))
    (here / "s.jsonl").write_bytes(command("audit", "seal", "in.json", "--rates", rates).out)
    done = command("audit", "refund", "s.jsonl", "--lines", '{"a,b=1": "0.5"}')
    assert totals(done) == ["50.00", "9.50", "59.50"]
    for odd in ("[1]", '{"a"', '{"a,b=1": [2]}'):
        assert command("audit", "refund", "s.jsonl", "--lines", odd).code == 3


def test_what_would_be_counts_refunds_against_their_invoices(sealed: Path, sixteen: Path, here: Path) -> None:
    """A refunded invoice costs nothing under either rate."""
    back = command("audit", "refund", sealed, "--invoice", "a", "--all", "--sealed")
    sealed.write_bytes(sealed.read_bytes().splitlines(keepends=True)[0] + back.out)
    done = command("audit", "recalculate", sealed, "--rates", sixteen)
    assert done.code == 0
    assert [row["difference"]["tax"] for row in done.lines()] == ["-3.00", "-3.00"]
    assert [row["kind"] for row in done.lines()] == ["invoice", "creditNote"]
    assert done.err.startswith("EUR: 2 documents, 2 changed: tax 0.00 -> 0.00, 0.00")


def test_a_report_is_written_where_nothing_else_can_be(sealed: Path, sixteen: Path, here: Path) -> None:
    """No home, no folder for settings: that is no matter of the user's."""
    done = process(
        *("audit", "recalculate", sealed, "--rates", sixteen, "--report", "r.html"), env={"HOME": "/proc"}
    )
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert (here / "r.html").stat().st_size > 10_000


@pytest.mark.parametrize(
    "line", ["replay e", "recalculate e --policy en16931 -o out.jsonl", "compare e e", "replay f"]
)
def test_nothing_to_do_is_no_success(here: Path, line: str) -> None:
    (here / "e").write_bytes(b"\n")
    (here / "f").mkdir()
    before = sorted(os.listdir(here))
    done = command("audit", *line.split())
    assert (done.code, done.out) == (3, b"")
    assert "expected at least one sealed result, got none" in done.err
    assert sorted(os.listdir(here)) == before
