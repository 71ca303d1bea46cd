"""Notes: rich in words and poor in dangers, every version kept, spoken to colleagues who see the case and to nobody else."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction

from accounts.models import Notice
from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import Note, NoteVersion
from kernel.errors import Conflict, NotFound
from portal.templatetags.written import TAGS, written
from tests.cases.asking import api, page
from tests.cases.doors import browser_of
from tests.cases.refusals import refused
from tests.cast import fresh

MENTIONED = "casefiles.note.mentioned"


def test_a_note_is_said_anew_by_its_author_and_every_version_stays(case, ana, sami):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="Eleven shipments.")
    actions.change_note(officer=ana, note_id=note.pk, number=1, text="Twelve shipments.", reason="Counted again.")
    opened = actions.open_note(officer=sami, note_id=note.pk, before=1, after=2)
    assert opened.note.text == "Twelve shipments."
    assert [(version.number, version.text, version.reason) for version in opened.versions] == [
        (2, "Twelve shipments.", "Counted again."),
        (1, "Eleven shipments.", ""),
    ]
    (_old, was), (_new, now) = opened.sides
    assert [piece.text for piece in was if not piece.kept] == ["Eleven "]
    assert [piece.text for piece in now if not piece.kept] == ["Twelve "]
    assert Event.objects.filter(kind="casefiles.note.changed", subject_id=case.pk).count() == 1


def test_a_note_is_changed_by_nobody_else_and_not_over_words_unseen(case, ana, sami):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="Mine.")
    with refused(rules.NOT_YOUR_NOTE):
        actions.change_note(officer=sami, note_id=note.pk, number=1, text="Yours.")
    actions.change_note(officer=ana, note_id=note.pk, number=1, text="Mine, from one window.")
    with refused(rules.NOTE_CHANGED_SINCE, Conflict):
        actions.change_note(officer=ana, note_id=note.pk, number=1, text="Mine, from another.")
    assert Note.objects.visible_to(ana).get().text == "Mine, from one window."


def test_a_version_is_neither_changed_nor_deleted_whatever_the_code_does(case, ana):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="As it was.")
    versions = NoteVersion.objects.visible_to(ana).filter(note=note)
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(text="As it never was.")
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.delete()


def test_no_change_to_a_closed_case(case, ana, sami):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="Before.")
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Nothing more to find.")
    for deed, facts in ((actions.change_note, {"number": 1, "text": "After."}), (actions.pin_note, {}), (actions.unpin_note, {})):
        with refused(rules.CLOSED, Conflict):
            deed(officer=ana, note_id=note.pk, **facts)


@pytest.mark.parametrize("who", ["alma", "bela", "otto", "iris", "adam"])
def test_a_note_and_its_versions_are_nobody_elses(case, cast, ana, who):
    note, person = actions.write_note(officer=ana, casefile_id=case.pk, text="Ours."), fresh(cast[who])
    for deed, facts in (
        (actions.open_note, {}), (actions.change_note, {"number": 1, "text": "Theirs."}), (actions.pin_note, {}), (actions.unpin_note, {}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            deed(officer=person, note_id=note.pk, **facts)
    assert not NoteVersion.objects.visible_to(person).exists()


def test_whom_a_note_speaks_to_is_told_once_and_until_they_read_it(case, ana, sami):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text=f"Ask the port, @{sami.email}.", tell=[sami.pk])
    said = actions.NOTICES[MENTIONED](sami, note.pk)
    assert (str(said.title), said.text, said.url) == ("Ana Whitcombe speaks to you in a note", str(case), f"/cases/notes/{note.pk}/")
    actions.change_note(officer=ana, note_id=note.pk, number=1, text=f"Ask the port today, @{sami.email}.")
    assert Notice.objects.filter(kind=MENTIONED).count() == 1

    actions.list_notes(officer=sami, casefile_id=case.pk)
    assert actions.NOTICES[MENTIONED](sami, note.pk) is None
    assert not Notice.objects.filter(officer=sami, done_at=None).exists()


def test_whoever_does_not_see_the_case_hears_nothing_and_the_author_is_told_so(case, ana, alma, bela, sami):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text=f"@{alma.email} and @{bela.email} should know.", tell=[alma.pk])
    assert [each.name for each in note.untold] == [alma.name]
    assert not Notice.objects.exists()
    for person in (alma, bela):
        assert actions.NOTICES[MENTIONED](person, note.pk) is None
    with pytest.raises(NotFound):
        actions.write_note(officer=ana, casefile_id=case.pk, text="And so.", tell=[bela.pk])
    answer = page(ana, "post", f"/cases/{case.pk}/notes/", {"text": "Look.", "tell": [alma.pk]})
    assert "Alma Rydell does not see this case and was not told." in [str(said) for said in get_messages(answer.wsgi_request)]


def test_a_notice_is_gone_with_the_sight_of_the_case(case, ana, second):
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="For you.", tell=[second.pk])
    assert actions.NOTICES[MENTIONED](fresh(second), note.pk)
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert actions.NOTICES[MENTIONED](fresh(second), note.pk) is None
    assert not actions.STANDING[MENTIONED](fresh(second)).exists()


def test_notes_are_found_by_their_words_in_their_case_alone_and_pinned_to_its_top(case, ana, sami):
    other = actions.open_case(officer=ana, title="Another")
    old = actions.write_note(officer=ana, casefile_id=case.pk, text="The foreman will talk.")
    actions.write_note(officer=ana, casefile_id=case.pk, text="The clerk will not.")
    actions.write_note(officer=ana, casefile_id=other.pk, text="Another foreman.")
    found = actions.list_notes(officer=sami, casefile_id=case.pk, q="FOREMAN")
    assert [note.pk for note in found.page.rows] == [old.pk]
    actions.pin_note(officer=sami, note_id=old.pk)
    assert [note.pk for note in actions.list_notes(officer=ana, casefile_id=case.pk).pinned] == [old.pk]
    actions.unpin_note(officer=ana, note_id=old.pk)
    assert not actions.list_notes(officer=ana, casefile_id=case.pk).pinned


def test_a_list_takes_the_same_few_queries_however_long_it_is(case, ana, sami, django_assert_max_num_queries):
    for number in range(12):
        actions.write_note(officer=ana, casefile_id=case.pk, text=f"Note {number}", tell=[sami.pk])
    with django_assert_max_num_queries(9):
        assert len(actions.list_notes(officer=ana, casefile_id=case.pk).page.rows) == 12


def test_a_preview_renders_no_more_than_a_note_may_hold(case, ana):
    typed = {"text": "a " * 10_000 + "beyond", "preview": "1"}
    shown = browser_of(ana).post(f"/cases/{case.pk}/notes/", typed, headers={"HX-Request": "true"})
    assert shown.status_code == 200
    assert "beyond" not in shown.content.decode()


def test_a_preview_keeps_nothing_and_a_version_that_is_not_there_is_absent(case, ana):
    shown = page(ana, "post", f"/cases/{case.pk}/notes/", {"text": "**Loud**", "preview": "1"})
    assert shown.status_code == 200
    assert "<strong>Loud</strong>" in shown.text
    assert not Note.objects.visible_to(ana).exists()
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="One.")
    for query in ("before=1&after=2", "before=x&after=1"):
        assert page(ana, "get", f"/cases/notes/{note.pk}/?{query}").status_code == 404


def test_machines_write_change_pin_and_read_notes(case, ana, sami):
    made = api(ana, "post", f"cases/{case.pk}/notes/", {"text": "From a program.", "tell": [str(sami.pk)]})
    assert made.status_code == 201
    note = made.json()["id"]
    assert api(ana, "patch", f"notes/{note}/", {"text": "From it again.", "number": 1}).json()["number"] == 2
    assert api(sami, "post", f"notes/{note}/pin/").status_code == 204
    read = api(sami, "get", f"notes/{note}/").json()
    assert (read["text"], [each["number"] for each in read["versions"]]) == ("From it again.", [2, 1])
    assert api(sami, "post", f"notes/{note}/unpin/").status_code == 204
    assert api(ana, "patch", f"notes/{note}/", {"text": "Late.", "number": 1}).status_code == 409
    assert api(ana, "get", f"cases/{case.pk}/notes/?q=nowhere").json()["results"] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** and *thin*", "<p><strong>bold</strong> and <em>thin</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# A heading", "<p># A heading</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[here](javascript:alert(1))", "<p>[here](javascript:alert(1))</p>"),
        ("\u202egnp.exe", "<p>[U+202E]gnp.exe</p>"),
        (
            "[a bank](https://else.example/x)",
            '<p><a href="https://else.example/x" rel="noopener noreferrer nofollow">a bank</a> (else.example)</p>',
        ),
        (
            "[https://bank.example/ ](https://else.example)",
            '<p><a href="https://else.example" rel="noopener noreferrer nofollow">https://bank.example/ </a> (else.example)</p>',
        ),
    ],
)  # fmt: skip
def test_what_is_written_with_marks_is_shown_and_what_could_harm_is_words(typed, shown):
    assert str(written(typed)).strip() == shown


@pytest.mark.parametrize("hostile", ["[" * 20_000, "> " * 10_000, "![" * 10_000, "*_" * 10_000, "<svg onload=x>" * 1_000, "&#0;" * 5_000])
def test_no_text_breaks_the_page_or_brings_in_what_is_not_on_the_list(hostile):
    assert set(re.findall(r"<(\w+)", str(written(hostile)))) <= TAGS
