"""Taking in a register: streamed, known by row, cut off and gone on with, bad rows told by their line."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.entities import actions, transport
from cases.entities.actions import holdings
from cases.entities.models import Identifier, Mention, MentionChange, Register
from cases.records.models import Record
from kernel.errors import Invalid, NotAllowed, NotFound

HEADER = ",".join(transport.COLUMNS)


def row(key: str, name: str = "Zoltan Marchbanks", side: str = "a", ids: str = "", etype: str = "person") -> str:
    return f"{key},{side},{etype},{name},Zolly|Z. M.,Zoltan,Marchbanks,1961-03|1962,m,nm,Grayhaven,{ids},1 Quay Road,,"


def written(path: Path, *lines: str) -> Path:
    file = path / "register.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8", errors="surrogateescape")
    return file


def run(officer, case, file: Path, side: str = "a") -> holdings.Taken:
    return actions.import_holdings(
        officer=officer,
        reference=case.reference,
        name=file.stem,
        side=side,
        file_digest=transport.digest(file),
        rows=transport.read(file, side),
    )


@pytest.fixture
def case(ana):
    return casefiles.open_case(officer=ana, title="Register")


def test_a_register_is_taken_in_as_one_record_with_its_mentions(ana, bela, case, tmp_path):
    file = written(tmp_path, row("r1", ids="passport:nm:AB 123|curp:mx:GAMR501027HSLXDG00"), row("r2", side="b"), row("r3"))

    taken = run(ana, case, file)

    assert (taken.read, taken.new, taken.known, taken.faulty) == (2, 2, 0, 0)
    record = Record.objects.visible_to(ana).get(kind=Record.Kind.REGISTER)
    mentions = {mention.row_key: mention for mention in Mention.objects.visible_to(ana).filter(rendition__record=record)}
    assert set(mentions) == {"r1", "r3"}
    assert mentions["r1"].attributes["aliases"] == ["Zolly", "Z. M."]
    assert mentions["r1"].attributes["born"] == ["1961-03", "1962"]
    numbers = Identifier.objects.visible_to(ana).filter(mention=mentions["r1"]).values_list("type", "country", "normalised")
    assert set(numbers) == {("passport", "NM", "AB123"), ("national-id", "MX", "GAMR501027HSLXDG00")}
    assert MentionChange.objects.count() == 2
    assert not Mention.objects.visible_to(bela).exists()
    assert Event.objects.filter(kind="entities.import.completed", subject_id=record.pk).exists()


def test_running_again_doubles_nothing(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), row("r2"))
    run(ana, case, file)
    again = run(ana, case, file)
    assert (again.new, again.known) == (0, 2)
    assert Register.objects.visible_to(ana).count() == Mention.objects.visible_to(ana).count() - 1 == 1


def test_a_longer_file_adds_its_new_rows_to_a_new_rendition_of_the_same_record(ana, case, tmp_path):
    run(ana, case, written(tmp_path, row("r1")))
    longer = run(ana, case, written(tmp_path, row("r1"), row("r2")))
    assert (longer.new, longer.known) == (1, 1)
    register = Register.objects.visible_to(ana).select_related("rendition").get()
    assert register.rendition.number == 2
    assert Mention.objects.visible_to(ana).count() == 2


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
        row("r10"),
    )
    taken = run(ana, case, file)
    assert [fault.line for fault in taken.faults] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert all(str(fault) for fault in taken.faults)
    assert set(Mention.objects.visible_to(ana).values_list("row_key", flat=True)) == {"r1", "r10"}


def test_a_file_without_the_columns_is_refused_before_anything_is_written(ana, case, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("name,number\nA,1\n")
    with pytest.raises(Invalid):
        list(transport.read(file, "a"))


def test_a_cut_import_goes_on_where_it_was(ana, case, tmp_path, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    file = written(tmp_path, *(row(f"r{number}") for number in range(7)))

    def cut(taken):
        if taken.read == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.import_holdings(
            officer=ana, reference=case.reference, name=file.stem, side="a", file_digest=transport.digest(file),
            rows=transport.read(file, "a"), told=cut,
        )  # fmt: skip
    assert Register.objects.visible_to(ana).get().completed_at is None
    taken = run(ana, case, file)
    assert (taken.new, taken.known) == (3, 4)
    assert Mention.objects.visible_to(ana).count() == 7
    assert Register.objects.visible_to(ana).get().completed_at


def test_another_agencys_file_is_not_there(bela, case, tmp_path):
    with pytest.raises(NotFound):
        run(bela, case, written(tmp_path, row("r1")))


def test_a_role_that_records_nothing_does_not_import(ana, sami, case, tmp_path):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    with pytest.raises(NotAllowed):
        run(sami, case, written(tmp_path, row("r1")))


def test_the_command_reports_and_fails_where_nothing_could_be_read(ana, case, tmp_path):
    file = written(tmp_path, row("r1"), row("", name="No Id"))
    out, err = io.StringIO(), io.StringIO()
    call_command("import_holdings", str(file), officer=ana.email, file=case.reference, side="a", stdout=out, stderr=err)
    assert "2 rows read: 1 new, 0 known already, 1 with faults." in out.getvalue()
    assert "line 3" in err.getvalue()
    with pytest.raises(CommandError):
        call_command("import_holdings", str(written(tmp_path, "x,y")), officer=ana.email, file=case.reference, stdout=out, stderr=err)
    with pytest.raises(CommandError, match="No officer"):
        call_command("import_holdings", str(file), officer="nobody@nfis.example", file=case.reference)
    with pytest.raises(CommandError, match="nothing here"):
        call_command("import_holdings", str(file), officer=ana.email, file="NFIS-2026-NONE")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_holdings", str(tmp_path / "absent.csv"), officer=ana.email, file=case.reference)
