"""The pages of entities, as a browser without scripts meets them."""

import re
from uuid import UUID

import pytest

from cases.casefiles import actions as casefiles
from cases.entities import actions, rules
from cases.entities.models import Identifier, Mention, Subject
from cases.intelligence import actions as intelligence
from tests.cases.doors import browser_of, machine_of
from tests.cases.entities.conftest import note
from tests.cases.intelligence.conftest import said
from tests.cases.released import released

ABSENT = UUID("00000000-0000-4000-8000-000000000000")


def typed(*numbers: tuple[str, str, str], **fields: str) -> dict[str, str]:
    """The form of a mention as a browser sends it."""
    sent = {"etype": "person", "name": "Dario Quintelas", "paragraph": "1", "aliases": "Tio\n\nThe driver", "born": "1961-03"} | fields
    sent |= {"identifiers-TOTAL_FORMS": str(len(numbers)), "identifiers-INITIAL_FORMS": "0"}
    for number, (kind, country, raw) in enumerate(numbers):
        sent |= {f"identifiers-{number}-type": kind, f"identifiers-{number}-country": country, f"identifiers-{number}-raw": raw}
    return sent


def test_a_mention_is_noted_shown_and_judged_in_the_browser(ana, case, item):
    browser = browser_of(ana)
    assert browser.get(f"/mentions/{item.pk}/new/").status_code == 200
    sent = typed(("national-id", "MX", "GAMR501027HSLXDG01"), ("", "", ""))
    assert browser.post(f"/mentions/{item.pk}/new/", sent).headers["Location"] == f"/mentions/{item.pk}/"
    mention = Mention.objects.visible_to(ana).get()
    assert mention.attributes == {"aliases": ["Tio", "The driver"], "born": ["1961-03"]}
    assert Identifier.objects.visible_to(ana).get(mention=mention).valid == "no"
    for path in (f"/mentions/{item.pk}/", f"/cases/{case.pk}/entities/"):
        page = browser.get(path).content.decode()
        for shown in ("Dario Quintelas", "GAMR501027HSLXDG01", "Does not check out", "The driver"):
            assert shown in page

    assert "1 mention chosen" in browser.get(f"/subjects/new/?mention={mention.pk}").content.decode()
    made = browser.post("/subjects/new/", {"mention": [str(mention.pk)], "label": "The driver", "category": "other"})
    subject = Subject.objects.visible_to(ana).get()
    assert made.headers["Location"] == f"/subjects/{subject.pk}/"
    page = browser.get(made.headers["Location"]).content.decode()
    for shown in ("Nobody else is told", "GAMR501027HSLXDG01", "Does not check out", item.title, "paragraph 1", case.title):
        assert shown in page
    assert "The driver" in browser.get("/subjects/?q=quintelas").content.decode()

    changed = {"label": "The driver", "category": "suspect", "category_reason": "Seen at the quay."}
    assert browser.post(f"/subjects/{subject.pk}/change/", changed).status_code == 302
    assert "Seen at the quay." in browser.get(f"/subjects/{subject.pk}/").content.decode()
    assert browser.post(f"/subjects/{subject.pk}/ungroup/{mention.pk}/").headers["Location"] == "/subjects/"


def test_further_mentions_with_the_same_number_are_put_with_a_subject(ana, item):
    first, second = note(ana, item), note(ana, item, name="CANARY alike")
    subject = actions.make_subject(officer=ana, mention_ids=[first.pk])
    browser = browser_of(ana)
    assert "CANARY alike" in browser.get(f"/subjects/{subject.pk}/").content.decode()
    assert browser.post(f"/subjects/{subject.pk}/group/", {"mention": [str(second.pk)]}).status_code == 302
    assert len(actions.open_subject(officer=ana, subject_id=subject.pk).rows) == 2
    third = note(ana, item, name="Third", identifiers=[])
    browser.post("/subjects/new/", {"mention": [str(third.pk)], "subject": str(subject.pk), "category": "other"})
    assert len(actions.open_subject(officer=ana, subject_id=subject.pk).rows) == 3


def test_a_newer_version_takes_over_the_ticked_mentions(ana, item):
    tio, other = note(ana, item, name="Tio"), note(ana, item, name="Wrong man")
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Wrong man.", **said())
    browser = browser_of(ana)
    path = f"/mentions/{newer.pk}/take-over/{item.pk}/"
    assert path in browser.get(f"/mentions/{newer.pk}/").content.decode()
    assert other.name in browser.get(path).content.decode()
    assert browser.post(path, {"mention": [str(tio.pk)]}).status_code == 302
    assert list(Mention.objects.visible_to(ana).filter(rendition=newer).values_list("name", flat=True)) == ["Tio"]


def test_an_identifier_more_loses_nothing_that_was_typed(ana, item):
    browser = browser_of(ana)
    sent = typed(("phone", "", "+999 55")) | {"grow": "more"}
    page = browser.post(f"/mentions/{item.pk}/new/", sent)
    text = page.content.decode()
    assert page.status_code == 200
    for kept in ("Dario Quintelas", "The driver", "+999 55", "identifiers-1-raw"):
        assert kept in text
    part = browser.post(f"/mentions/{item.pk}/new/", sent, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "identifiers-1-raw" in part
    assert not Mention.objects.visible_to(ana).exists()


@pytest.mark.parametrize(
    ("numbers", "fields", "said_why"),
    [
        ([], {"name": ""}, "This field is required"),
        ([], {"name": "x" * 301}, "at most 300 characters"),
        ([], {"name": "nul\x00"}, "Null characters are not allowed"),
        ([], {"etype": "ghost"}, "Select a valid choice"),
        ([], {"paragraph": "99"}, "less than or equal to 50"),
        ([], {"born": "a long time ago"}, "At most 20 lines of 10 characters"),
        ([("phone", "", "--")], {}, "at least one letter or digit"),
        ([("", "", "417")], {}, "Say what this number is"),
        ([("ghost", "", "417")], {}, "Select a valid choice"),
        ([("phone", "", "4" * 201)], {}, "at most 200 characters"),
    ],
)
def test_bad_input_is_said_on_the_form_and_nothing_typed_is_lost(ana, item, numbers, fields, said_why):
    answer = browser_of(ana).post(f"/mentions/{item.pk}/new/", typed(*numbers, **fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said_why in page
    assert "The driver" in page
    assert not Mention.objects.visible_to(ana).exists()


def test_once_released_the_form_says_why_nothing_is_added(ana, bela, item):
    released(item, bela)
    browser = browser_of(ana)
    for path in (f"/mentions/{item.pk}/", f"/mentions/{item.pk}/new/"):
        assert "nothing is added to what it says" in browser.get(path).content.decode()
    answer = browser.post(f"/mentions/{item.pk}/new/", typed())
    assert answer.status_code == 409
    assert str(rules.HAS_LEFT.text) in answer.content.decode()


def test_the_panel_is_a_fragment_for_htmx_and_a_page_for_everybody_else(ana, item):
    note(ana, item)
    browser = browser_of(ana)
    page = browser.get(f"/mentions/{item.pk}/").content.decode()
    panel = browser.get(f"/mentions/{item.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in panel
    assert "Dario Quintelas" in page
    assert "Dario Quintelas" in panel


def test_who_leads_says_who_hears_of_a_match(ana, colleague, case):
    browser = browser_of(ana)
    assert "Both desks are told" in browser.get(f"/cases/{case.pk}/entities/").content.decode()
    assert browser.post(f"/cases/{case.pk}/entities/notice-mode/", {"notice_mode": "both"}).status_code == 302
    case.refresh_from_db()
    assert case.notice_mode == "both"
    assert browser.post(f"/cases/{case.pk}/entities/notice-mode/", {"notice_mode": "all"}).status_code == 422
    assert browser_of(colleague).post(f"/cases/{case.pk}/entities/notice-mode/", {"notice_mode": "both"}).status_code == 404


def test_a_partner_finds_what_it_was_given_and_no_judgement(ana, bela, case, item):
    mention = note(ana, item)
    actions.make_subject(officer=ana, mention_ids=[mention.pk], label="CANARY judgement")
    hidden = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="CANARY item"))
    note(ana, hidden, name="CANARY name")
    released(item, bela)
    browser = browser_of(bela)
    page = browser.get(f"/mentions/{item.pk}/")
    assert page.status_code == 200
    assert "Dario Quintelas" in page.content.decode()
    for path in (f"/mentions/{item.pk}/", f"/mentions/{item.pk}/new/", "/subjects/", f"/subjects/new/?mention={mention.pk}"):
        text = browser.get(path).content.decode()
        for unseen in ("CANARY", case.title, case.reference, ana.name, str(case.pk)):
            assert unseen not in text
    assert browser.post(f"/mentions/{item.pk}/new/", typed()).status_code == 403


def test_hidden_and_absent_answer_alike(ana, bela, case, item):
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk])
    browser = browser_of(bela)
    for path, hidden in (
        ("/mentions/{}/", item.pk), ("/mentions/{}/new/", item.pk), ("/subjects/{}/", subject.pk), ("/subjects/{}/change/", subject.pk),
        ("/cases/{}/entities/", case.pk),
    ):  # fmt: skip
        answers = [browser.get(path.format(pk)) for pk in (hidden, ABSENT)]
        assert [answer.status_code for answer in answers] == [404, 404]
        without = [re.sub(r"[0-9a-f-]{36}|csrf\w+\" value=\"\w+", "", answer.content.decode()) for answer in answers]
        assert without[0] == without[1]
    assert browser.post(f"/subjects/{subject.pk}/group/", {"mention": [str(ABSENT)]}).status_code == 422
    assert browser.post("/subjects/new/", {"mention": ["nonsense"], "category": "other"}).status_code == 422
    assert browser.get("/subjects/new/").status_code == 422


def test_who_may_not_judge_chooses_nothing(ana, sami, case, item):
    actions.note_mention(officer=ana, rendition_id=item.pk, etype="person", name="Rosa Quintela")
    for address in (f"/cases/{case.pk}/entities/", f"/mentions/{item.pk}/"):
        assert 'type="checkbox"' in browser_of(ana).get(address).content.decode()
        theirs = browser_of(sami).get(address).content.decode()
        assert "Rosa Quintela" in theirs
        assert 'type="checkbox"' not in theirs


def test_what_few_mentions_say_is_folded_away_until_it_is_said(ana, item):
    browser, path = browser_of(ana), f"/mentions/{item.pk}/new/"
    assert "<details>" in browser.get(path).content.decode()
    wrong = {"etype": "person", "name": "", "born": "1984", "identifiers-TOTAL_FORMS": "0", "identifiers-INITIAL_FORMS": "0"}
    assert "<details open>" in browser.post(path, wrong).content.decode()


def test_no_page_and_no_answer_gives_a_label_or_reason_to_who_sees_but_one_of_its_mentions(ana, colleague, case, item):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=colleague.pk)
    secret = casefiles.open_case(officer=ana, title="Compartment", is_compartment=True)
    hidden = note(ana, intelligence.record_item(officer=ana, casefile_id=secret.pk, **said()), name="Teodoro Vaz")
    seen = note(ana, item)
    words = {"label": "CANARY name", "category": "suspect", "category_reason": "CANARY reason"}
    subject = actions.make_subject(officer=ana, mention_ids=[seen.pk, hidden.pk], **words)
    paths = (
        f"/subjects/{subject.pk}/", f"/subjects/{subject.pk}/change/", "/subjects/", f"/subjects/new/?mention={seen.pk}",
        f"/mentions/{item.pk}/", f"/cases/{case.pk}/entities/",
    )  # fmt: skip
    for path in paths:
        page = browser_of(colleague).get(path).content.decode()
        assert "Dario Quintelas" in page
        assert "CANARY" not in page
        assert "CANARY name" in browser_of(ana).get(path).content.decode()
    for path in paths[1], paths[3]:
        assert "Read by those who see every one of its mentions" in browser_of(colleague).get(path).content.decode()
    for path in (f"/api/v1/subjects/{subject.pk}/", "/api/v1/subjects/"):
        answer = machine_of(colleague).get(path).content.decode()
        assert "Dario Quintelas" in answer
        assert "CANARY" not in answer
        assert "CANARY reason" in machine_of(ana).get(path).content.decode()
    assert machine_of(colleague).get("/api/v1/subjects/?q=canary").json()["results"] == []
