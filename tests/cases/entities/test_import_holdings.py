"""Taking in a register: streamed, known by row, cut off and gone on with, bad rows told by their line."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.casefiles.rules import CLOSED
from cases.entities import actions, rules, transport
from cases.entities.actions import holdings
from cases.entities.models import Identifier, Intake, Mention, MentionChange
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.refusals import refused
from tests.cases.released import released

ROOT = Path(__file__).resolve().parents[3]
HEADER = ",".join(transport.COLUMNS)


def row(key: str, name: str = "Zoltan Marchbanks", side: str = "a", ids: str = "", etype: str = "person") -> str:
    return f"{key},{side},{etype},{name},Zolly|Z. M.,Zoltan,Marchbanks,1961-03|1962,m,nm,Grayhaven,{ids},1 Quay Road,,"


def written(folder: Path, *lines: str) -> Path:
    file = folder / "register.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8", errors="surrogateescape")
    return file


def run(officer, case, file: Path, side: str = "a", **how) -> actions.Taken:
    source = actions.Source(side, transport.measure(file).digest, how.pop("handling_code", ""))
    return actions.import_holdings(officer=officer, reference=case.reference, source=source, rows=transport.read(file, side), **how)


def keys(officer) -> set[str]:
    return set(Mention.objects.visible_to(officer).values_list("row_key", flat=True))


@pytest.fixture
def case(ana):
    return casefiles.open_case(officer=ana, title="Register")


def test_a_register_is_taken_in_as_one_record_with_its_mentions(ana, bela, case, tmp_path):
    file = written(tmp_path, row("r1", ids="passport:nm:AB 123|curp:mx:GAMR501027HSLXDG00"), row("r2", side="b"), row("r3"))

    taken = run(ana, case, file)

    assert (taken.read, taken.new, taken.known, taken.faulty) == (2, 2, 0, 0)
    record = Record.objects.visible_to(ana).get(kind=Record.Kind.REGISTER, home=case)
    mentions = {mention.row_key: mention for mention in Mention.objects.visible_to(ana).filter(rendition__record=record)}
    assert set(mentions) == {"r1", "r3"}
    assert mentions["r1"].attributes == {
        "aliases": ["Zolly", "Z. M."], "born": ["1961-03", "1962"], "given": "Zoltan", "surname": "Marchbanks", "gender": "m",
        "country": "nm", "place": "Grayhaven", "address": "1 Quay Road",
    }  # fmt: skip
    assert (mentions["r1"].unit_id, mentions["r1"].notice_mode) == (case.unit_id, "owner-only")
    numbers = Identifier.objects.visible_to(ana).filter(mention=mentions["r1"]).values_list("type", "country", "normalised", "valid")
    assert set(numbers) == {("passport", "NM", "AB123", "unknown"), ("national-id", "MX", "GAMR501027HSLXDG00", "yes")}
    assert set(MentionChange.objects.values_list("mention_id", flat=True)) == {mention.pk for mention in mentions.values()}
    assert not Mention.objects.visible_to(bela).exists()
    assert taken.rendition
    assert taken.rendition.handling_code == "H2"
    assert Event.objects.filter(kind="entities.holdings.complete", subject_id=taken.rendition.pk).exists()
    assert Intake.objects.visible_to(ana).get().done_at


def test_running_again_doubles_nothing(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), row("r2"), row("r2"))
    assert (run(ana, case, file).new, run(ana, case, file).known) == (2, 3)
    assert Rendition.objects.visible_to(ana).count() == 1
    assert Mention.objects.visible_to(ana).count() == 2


def test_a_longer_file_adds_its_new_rows_to_a_new_rendition_of_the_same_record(ana, case, tmp_path):
    first = run(ana, case, written(tmp_path, row("r1")))
    longer = run(ana, case, written(tmp_path, row("r1"), row("r2")))
    assert (longer.new, longer.known) == (1, 1)
    assert first.rendition.record_id == longer.rendition.record_id
    assert first.rendition.content_hash != longer.rendition.content_hash
    assert keys(ana) == {"r1", "r2"}


def test_the_two_sides_of_a_file_are_two_registers(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), row("r2", side="b"))
    run(ana, case, file)
    run(ana, case, file, side="b")
    assert Record.objects.visible_to(ana).filter(kind=Record.Kind.REGISTER).count() == 2


def test_a_row_that_now_says_something_else_is_told_and_stays_as_it_was(ana, case, tmp_path):
    run(ana, case, written(tmp_path, row("r1", ids="passport:nm:AB 123")))
    for changed in (row("r1", name="Somebody Else"), row("r1", ids="passport:nm:AB 124")):
        taken = run(ana, case, written(tmp_path, changed))
        assert [(fault.line, fault.said) for fault in taken.faults] == [(2, rules.ROW_CHANGED)]
    assert Mention.objects.visible_to(ana).get().name == "Zoltan Marchbanks"
    assert Rendition.objects.visible_to(ana).count() == 1


def test_nothing_is_added_to_a_register_that_has_left(ana, bela, case, tmp_path, monkeypatch):
    file = written(tmp_path, row("r1"), row("r2"))
    monkeypatch.setattr(holdings, "BATCH", 1)

    def release_then_cut(taken):
        released(taken.rendition, bela)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(ana, case, file, told=release_then_cut)
    assert run(ana, case, file).new == 1
    assert keys(bela) == {"r1"}
    assert keys(ana) == {"r1", "r2"}


def test_bad_rows_are_told_by_their_line_and_skipped(ana, case, tmp_path):
    file = written(
        tmp_path,
        row("r1"),
        row("", name="No Id"),
        row("r3", name=""),
        row("r4", etype="ghost"),
        "r5,a,person,too,few",
        row("r6", ids="passport;nm;1"),
        row("r7", name="N" * 301),
        row("r8", name="nul\x00byte"),
        row("r9", name="\udcff\udcfe"),
        row("k" * 81),
        row("r11", ids="passport:nm:---"),
        row("r12", name='"a quote left open'),
        "",
        row("r14", name='"Marchbanks, also\nover two lines"'),
        row("r15", etype="organization"),
    )
    taken = run(ana, case, file)
    assert [fault.line for fault in taken.faults] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert all(str(fault) for fault in taken.faults)
    assert keys(ana) == {"r1", "r14", "r15"}


def test_a_quote_left_open_costs_its_own_row_alone(ana, case, tmp_path):
    rows = [row(f"r{number}", name='"Open' if number in {3, 50} else "Closed") for number in range(52)]
    taken = run(ana, case, written(tmp_path, *rows))
    assert [fault.line for fault in taken.faults] == [5, 52]
    assert len(keys(ana)) == 50


def test_a_line_without_end_costs_no_memory_and_spoils_no_other(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), "x" * (3 * transport.LONGEST_LINE), row("r2"))
    taken = run(ana, case, file)
    assert taken.faulty >= 1
    assert "r1" in keys(ana)


@pytest.mark.parametrize("text", ["", "name,number\nA,1\n", HEADER.replace("ids", "numbers") + "\n"])
def test_a_file_without_the_columns_is_refused_before_anything_is_written(ana, case, tmp_path, text):
    file = tmp_path / "other.csv"
    file.write_text(text)
    with refused(transport.WRONG_HEADER, Invalid):
        run(ana, case, file)
    assert not Record.objects.visible_to(ana).exists()


def test_columns_may_stand_in_another_order(ana, case, tmp_path):
    names = sorted(transport.COLUMNS)
    values = dict(zip(transport.COLUMNS, row("r1").split(","), strict=True))
    file = tmp_path / "sorted.csv"
    file.write_text(",".join(names) + "\n" + ",".join(values[name] for name in names) + "\n")
    assert run(ana, case, file).new == 1


def test_what_is_read_is_bounded_by_the_batch(ana, case, tmp_path, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    file, ahead = written(tmp_path, *(row(f"r{number}") for number in range(7))), []

    def counted():
        for number, each in enumerate(transport.read(file, "a"), start=1):
            ahead.append(number - Mention.objects.visible_to(ana).count())
            yield each

    source = actions.Source("a", transport.measure(file).digest)
    actions.import_holdings(officer=ana, reference=case.reference, source=source, rows=counted())
    assert max(ahead) == 2


def test_another_agencys_file_is_not_there(bela, case, tmp_path):
    with pytest.raises(NotFound):
        run(bela, case, written(tmp_path, row("r1")))


def test_a_role_that_records_nothing_does_not_import(ana, sami, case, tmp_path):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    with pytest.raises(NotAllowed):
        run(sami, case, written(tmp_path, row("r1")))


def test_nothing_is_imported_into_a_closed_case(ana, sami, case, tmp_path):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    with refused(CLOSED, Conflict):
        run(ana, case, written(tmp_path, row("r1")))


def test_who_is_taken_off_the_team_meanwhile_stops_at_the_next_batch(ana, sami, case, tmp_path, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 1)
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    casefiles.change_lead(officer=sami, casefile_id=case.pk, lead_id=sami.pk)
    with pytest.raises(NotFound):
        run(
            ana, case, written(tmp_path, row("r1"), row("r2")),
            told=lambda _taken: casefiles.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk),
        )  # fmt: skip
    assert keys(sami) == {"r1"}


@pytest.mark.parametrize("code", ["H3", "P", "nonsense"])
def test_a_register_is_handled_by_a_code_that_stands_alone(ana, case, tmp_path, code):
    with refused(rules.NO_SUCH_HANDLING, Invalid):
        run(ana, case, written(tmp_path, row("r1")), handling_code=code)
    assert run(ana, case, written(tmp_path, row("r1")), handling_code="H1").rendition.handling_code == "H1"


def test_the_command_reports_and_fails_where_nothing_could_be_read(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), row("", name="No Id"))
    out, err = io.StringIO(), io.StringIO()
    call_command("import_holdings", str(file), officer=ana.email, file=case.reference, side="a", stdout=out, stderr=err)
    assert "2 rows read: 1 new, 0 known already, 1 with faults." in out.getvalue()
    assert "line 3" in err.getvalue()
    with pytest.raises(CommandError, match="Not one row"):
        call_command(
            "import_holdings", str(written(tmp_path, "x,y")), officer=ana.email, file=case.reference, side="a", stdout=out, stderr=err
        )
    with pytest.raises(CommandError, match="No officer"):
        call_command("import_holdings", str(file), officer="nobody@nfis.example", file=case.reference)
    with pytest.raises(CommandError, match="nothing here"):
        call_command("import_holdings", str(file), officer=ana.email, file="NFIS-2026-NONE")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_holdings", str(tmp_path / "absent.csv"), officer=ana.email, file=case.reference)


def test_a_bar_shows_how_far_it_is_to_somebody_who_watches(ana, case, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(holdings, "BATCH", 1)
    file, watched, logged = written(tmp_path, row("r1"), row("r2"), row("r3")), Terminal(), io.StringIO()
    for err in (watched, logged):
        call_command("import_holdings", str(file), officer=ana.email, file=case.reference, side="a", stdout=io.StringIO(), stderr=err)
    assert re.findall(r"(\d+)% (\d) rows", watched.getvalue()) == [("50", "1"), ("75", "2"), ("100", "3")]
    assert logged.getvalue() == ""


def test_a_file_of_the_other_side_alone_is_no_success(ana, case, tmp_path):
    with pytest.raises(CommandError, match="Not one row"):
        call_command("import_holdings", str(written(tmp_path, row("r1", side="b"))), officer=ana.email, file=case.reference, side="a")


def test_a_killed_import_leaves_whole_batches_and_goes_on_where_it_was(committed_db, ana, tmp_path):
    case = casefiles.open_case(officer=ana, title="Register")
    file = written(tmp_path, *(row(f"r{number}", ids=f"passport:nm:P{number:06}") for number in range(12_000)))
    command = [sys.executable, "manage.py", "import_holdings", "--officer", ana.email, "--file", case.reference, "--side", "a", str(file)]
    environment = {**os.environ, "DATABASE_URL": committed_db, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not Mention.objects.visible_to(ana).exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    cut = Mention.objects.visible_to(ana).count()
    assert 0 < cut < 12_000
    assert cut % holdings.BATCH == 0
    assert Identifier.objects.visible_to(ana).count() == MentionChange.objects.count() == cut
    assert Intake.objects.visible_to(ana).get().done_at is None

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert f"12000 rows read: {12_000 - cut} new, {cut} known already, 0 with faults." in done.stdout
    assert Mention.objects.visible_to(ana).count() == 12_000
    assert Intake.objects.visible_to(ana).get().done_at
    assert Rendition.objects.visible_to(ana).count() == 1
