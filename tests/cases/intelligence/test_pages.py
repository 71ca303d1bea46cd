"""The pages of intelligence, as a browser without scripts meets them."""

import re

import pytest

from audit.models import Event
from cases.intelligence import actions
from cases.intelligence.models import Paragraph
from cases.records.models import Rendition
from tests.cases.doors import as_it_stands, browser_of
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released

FORM = {"title": "Berth change", "dated_on": "2026-11-11", "language": "en", "handling": "europol:H1"}


def typed(*paragraphs: dict[str, str], **fields: str) -> dict[str, str]:
    """The form as a browser sends it."""
    sent = FORM | fields | {"paragraphs-TOTAL_FORMS": str(len(paragraphs)), "paragraphs-INITIAL_FORMS": "0"}
    for number, part in enumerate(paragraphs):
        full = {"text": "It moved.", "kind": "information", "source": "admiralty:B", "information": "admiralty:2"} | part
        sent |= {f"paragraphs-{number}-{name}": value for name, value in full.items()}
    return sent


def test_an_item_is_recorded_corrected_and_torn_off_in_the_browser(ana, case):
    browser = browser_of(ana)
    assert browser.get(f"/intelligence/new/?casefile={case.pk}").status_code == 200
    sent = typed({}, {"text": "Seen from the pier.", "kind": "provenance", "handling": "europol:H1"}, casefile=str(case.pk))
    recorded = browser.post("/intelligence/new/", sent)
    item = Rendition.objects.visible_to(ana).get(title="Berth change")
    assert recorded.headers["Location"] == f"/intelligence/{item.pk}/"
    assert list(Paragraph.objects.visible_to(ana).filter(rendition=item).values_list("kind", flat=True)) == ["information", "provenance"]

    form = browser.get(f"/intelligence/{item.pk}/correct/").content.decode()
    assert "It moved." in form
    assert "Seen from the pier." in form
    corrected = browser.post(f"/intelligence/{item.pk}/correct/", typed({"text": "It stayed."}, reason="Wrong ship."))
    newer = Rendition.objects.visible_to(ana).get(number=2)
    assert corrected.headers["Location"] == f"/intelligence/{newer.pk}/"
    assert "Version 2 stands in its place" in browser.get(f"/intelligence/{item.pk}/").content.decode()
    torn = browser.post(f"/intelligence/{newer.pk}/tear-line/", typed({"text": "A ship moved."}, handling="europol:H0"))
    assert torn.status_code == 302
    assert "The tear-line is made" in browser.get(torn.headers["Location"]).content.decode()


def test_a_correction_keeps_every_paragraph_that_was_left_as_it_was(ana, case):
    parts = [BERTH | {"text": f"Statement {number}."} for number in range(3)]
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=parts))
    browser, path = browser_of(ana), f"/intelligence/{item.pk}/correct/"
    sent = as_it_stands(browser.get(path).content.decode()) | {"paragraphs-1-text": "Another statement.", "reason": "Wrong."}
    assert browser.post(path, sent).status_code == 302
    newer = Rendition.objects.visible_to(ana).get(number=2)
    kept = actions.open_item(officer=ana, rendition_id=newer.pk)
    assert [part.text for part in kept.paragraphs] == ["Statement 0.", "Another statement.", "Statement 2."]
    assert {(part.handling_code, part.source_code, part.information_code) for part in kept.paragraphs} == {("H1", "B", "2")}
    assert (newer.title, newer.dated_on) == (item.title, item.dated_on)


def test_a_new_version_is_no_reading_of_the_old_one_and_neither_is_a_refused_one(ana, sami, item):
    sent = typed({"text": "It stayed."}, reason="Wrong ship.")
    for officer, status in ((sami, 403), (ana, 302), (ana, 409)):
        assert browser_of(officer).post(f"/intelligence/{item.pk}/correct/", sent).status_code == status
    assert browser_of(ana).post(f"/intelligence/{item.pk}/tear-line/", sent).status_code == 302
    assert not Event.objects.filter(kind="intelligence.item.viewed").exists()
    assert "It moved." in browser_of(ana).post(f"/intelligence/{item.pk}/correct/", typed({}, title="")).text
    assert Event.objects.filter(kind="intelligence.item.viewed").count() == 1


def test_an_item_page_says_grades_in_words_and_carries_its_marking(ana, item):
    page = browser_of(ana).get(f"/intelligence/{item.pk}/").content.decode()
    assert 'data-level="limited"' in page
    assert "Usually reliable" in page
    assert "Not for court" in page
    assert BERTH["text"] in page
    assert "Who can see this, and why" in page


def test_a_paragraph_more_or_less_loses_nothing_that_was_typed(ana, case):
    browser = browser_of(ana)
    sent = typed({"text": "One."}, {"text": "Two.", "source": ""}, casefile=str(case.pk), title="Half done")
    more = browser.post("/intelligence/new/", sent | {"grow": "more"})
    page = more.content.decode()
    assert more.status_code == 200
    assert page.count("<textarea") == 3
    for kept in ("Half done", "One.", "Two.", "2026-11-11", 'name="paragraphs-2-text"'):
        assert kept in page
    assert "errorlist" not in page
    less = browser.post("/intelligence/new/", sent | {"grow": "0"}).content.decode()
    assert less.count("<textarea") == 1
    assert "Two." in less
    assert "One." not in less
    assert not Rendition.objects.visible_to(ana).exists()


def test_htmx_gets_the_paragraphs_alone(ana, case):
    answer = browser_of(ana).post("/intelligence/new/", typed({}) | {"grow": "more"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count("<textarea") == 2


@pytest.mark.parametrize(
    ("paragraph", "fields", "said_why"),
    [
        ({"text": ""}, {}, "Paragraph 1 needs correcting"),
        ({"information": "europol:2"}, {}, "graded on one scale"),
        ({"information": "admiralty:9"}, {}, "Paragraph 1 needs correcting"),
        ({"text": "nul\x00byte"}, {}, "Null characters are not allowed"),
        ({"text": "x" * 20_001}, {}, "at most 20000 characters"),
        ({}, {"title": ""}, "This field is required"),
        ({}, {"title": "x" * 201}, "at most 200 characters"),
        ({}, {"dated_on": "yesterday"}, "Enter a valid date"),
        ({}, {"handling": "europol:H9"}, "Select a valid choice"),
        ({}, {"handling": "europol:H3"}, "needs its conditions in words"),
        ({}, {"handling_countries": "Northmark, Costa Aurélia"}, "codes of countries"),
        ({"handling": "europol:H2"}, {}, "Missing: not to be passed on without the owner"),
        ({}, {"casefile": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
        ({}, {"casefile": "nonsense"}, "is not a valid"),
        ({}, {"paragraphs-TOTAL_FORMS": "nonsense"}, "1 to 50 numbered paragraphs"),
        ({}, {"paragraphs-TOTAL_FORMS": "9999"}, "1 to 50 numbered paragraphs"),
    ],
)
def test_bad_input_is_said_on_the_form_and_nothing_typed_is_lost(ana, case, paragraph, fields, said_why):
    answer = browser_of(ana).post("/intelligence/new/", typed(paragraph, casefile=str(case.pk)) | fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said_why in page
    assert not Rendition.objects.visible_to(ana).exists()
    if not {"title", "paragraphs-TOTAL_FORMS"} & fields.keys():
        assert 'value="Berth change"' in page


def test_a_form_offers_no_file_one_does_not_work_on(ana, bela, case):
    page = browser_of(bela).get(f"/intelligence/new/?casefile={case.pk}").content.decode()
    assert "Harbor Ledger" not in page
    assert browser_of(bela).post("/intelligence/new/", typed({}, casefile=str(case.pk))).status_code == 422


def test_a_partner_finds_nothing_of_the_case_on_any_page(ana, bela, sami, case, item):
    actions.correct_item(officer=ana, rendition_id=item.pk, **said(title="CANARY newer", reason="CANARY reason", paragraphs=[BERTH]))
    released(item, bela)
    browser = browser_of(bela)
    pages = [browser.get(path) for path in ("/intelligence/", f"/intelligence/{item.pk}/", f"/intelligence/{item.pk}/correct/")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    for page in pages:
        text = page.content.decode()
        assert item.title in text
        for hidden in ("CANARY", case.title, case.reference, ana.name, sami.name, "Version 1", str(case.pk)):
            assert hidden not in text
    refused = browser.post(f"/intelligence/{item.pk}/correct/", typed({}, reason="Mine now."))
    assert refused.status_code == 403


def test_hidden_and_absent_answer_alike(bela, item):
    browser = browser_of(bela)
    absent = item.pk.__class__("00000000-0000-4000-8000-000000000000")
    for path in ("/intelligence/{}/", "/intelligence/{}/correct/", "/intelligence/{}/tear-line/", "/cases/{}/intelligence/"):
        hidden, gone = browser.get(path.format(item.pk)), browser.get(path.format(absent))
        assert hidden.status_code == gone.status_code == 404
        without = [re.sub(r"[0-9a-f-]{36}|csrf\w+\" value=\"\w+", "", page.content.decode()) for page in (hidden, gone)]
        assert without[0] == without[1]


def test_the_tab_and_the_filtered_list_show_the_case(ana, case, item):
    browser = browser_of(ana)
    for path in (f"/cases/{case.pk}/intelligence/", f"/intelligence/?casefile={case.pk}", "/intelligence/?casefile=nonsense"):
        page = browser.get(path)
        assert page.status_code == 200
        assert item.title in page.content.decode()


def test_a_broken_cursor_is_refused(ana):
    assert browser_of(ana).get("/intelligence/?after=nonsense").status_code == 422


def test_who_may_not_record_is_not_led_to_the_form(ana, sami, petra, case, item):
    form = "/intelligence/new/"
    for officer, offered in ((ana, True), (sami, False), (petra, False)):
        assert (f'href="{form}' in browser_of(officer).get("/intelligence/").content.decode()) is offered
    assert f'href="{form}?casefile={case.pk}"' in browser_of(ana).get(f"/cases/{case.pk}/intelligence/").content.decode()


def test_a_cases_items_are_marked_no_less_than_the_case(ana, case):
    page = browser_of(ana).get(f"/cases/{case.pk}/intelligence/")
    assert page.context["marking"] == case.marking
    actions.record_item(officer=ana, casefile_id=case.pk, **said(handling_code="H3", handling_text="For the case team only."))
    assert browser_of(ana).get(f"/cases/{case.pk}/intelligence/").context["marking"]["note"] == "H3"


def test_what_the_grades_mean_stands_on_the_form_the_agencys_own_scale_first(ana, case):
    page = browser_of(ana).get(f"/intelligence/new/?casefile={case.pk}").content.decode()
    help_text = page[page.index("What the grades mean") :]
    scales = [help_text.index(f">{label}</h2>") for label in ("Admiralty 6x6", "Europol 4x4", "5x5x5 (legacy)", "3x5x2")]
    assert scales[0] == min(scales)
    assert scales[0] < help_text.index("Other scales") < scales[1]
    for code, words in (("B", "Usually reliable"), ("2", "Probably true"), ("X", "Reliability cannot be assessed")):
        assert re.search(rf'<th[^>]*scope="row">{code}</th><td[^>]*>{words}</td>', help_text)


def test_what_is_wrong_with_a_paragraph_leads_to_it(ana, case):
    page = browser_of(ana).post("/intelligence/new/", typed({"text": ""}, casefile=str(case.pk))).content.decode()
    assert '<a href="#part-1">Paragraph 1 needs correcting.</a>' in page
    assert 'id="part-1"' in page


def test_a_case_without_items_leads_to_the_first_one(ana, case):
    empty = f'<a class="btn" href="/intelligence/new/?casefile={case.pk}">Record intelligence</a>'
    assert empty in browser_of(ana).get(f"/cases/{case.pk}/intelligence/").content.decode()


def test_the_grades_are_explained_where_a_tear_line_is_made_too(ana, item):
    assert "What the grades mean" in browser_of(ana).get(f"/intelligence/{item.pk}/tear-line/").content.decode()
