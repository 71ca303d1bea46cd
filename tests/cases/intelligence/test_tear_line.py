"""The tear-line beside its original: what stays here, what leaves as; and nothing of the original goes with it."""

from cases.entities import actions as entities
from cases.intelligence import actions
from cases.intelligence.models import Paragraph
from cases.records.models import Rendition
from tests.cases.doors import as_it_stands, browser_of, machine_of
from tests.cases.intelligence.conftest import BERTH, PROVENANCE, said
from tests.cases.released import released

SAFE = {"text": "A vessel changed berth."}


def form_of(browser, item):
    return browser.get(f"/intelligence/{item.pk}/tear-line/").content.decode()


def test_where_the_item_has_it_from_stays_unless_it_is_brought_over(ana, item):
    browser, path = browser_of(ana), f"/intelligence/{item.pk}/tear-line/"
    page = form_of(browser, item)
    for words in ("Stays here", "Leaves as", "Leaves word for word", "Nothing of this paragraph leaves.", PROVENANCE["text"]):
        assert words in page
    sent = as_it_stands(page)
    assert (sent["paragraphs-TOTAL_FORMS"], sent["title"]) == ("1", "")
    assert PROVENANCE["text"] not in sent.values()
    more = as_it_stands(browser.post(path, sent | {"grow": "over-2", "paragraphs-0-text": "Half done"}).content.decode())
    assert (more["paragraphs-0-text"], more["paragraphs-1-text"], more["paragraphs-1-of"]) == ("Half done", PROVENANCE["text"], "2")
    twice = as_it_stands(browser.post(path, more | {"grow": "over-2"}).content.decode())
    assert twice["paragraphs-TOTAL_FORMS"] == "2"
    less = as_it_stands(browser.post(path, more | {"grow": "1"}).content.decode())
    assert less["paragraphs-TOTAL_FORMS"] == "1"


def test_what_leaves_is_kept_in_the_order_of_the_original(ana, item):
    browser, path = browser_of(ana), f"/intelligence/{item.pk}/tear-line/"
    sent = as_it_stands(form_of(browser, item)) | {
        "paragraphs-0-text": "A source near the harbor.",
        "paragraphs-0-of": "2",
        "title": "Berth",
    }
    both = as_it_stands(browser.post(path, sent | {"grow": "over-1"}).content.decode())
    assert browser.post(path, both).status_code == 302
    line = Rendition.objects.visible_to(ana).get(number=2)
    texts = Paragraph.objects.visible_to(ana).filter(rendition=line).order_by("number").values_list("text", flat=True)
    assert (line.kind, list(texts)) == ("tear-line", [BERTH["text"], "A source near the harbor."])


def test_nonsense_beside_a_paragraph_is_said_on_the_form(ana, item):
    browser, path = browser_of(ana), f"/intelligence/{item.pk}/tear-line/"
    sent = as_it_stands(form_of(browser, item))
    for wrong in ("nonsense", "0", "9999999999999"):
        assert browser.post(path, sent | {"paragraphs-0-of": wrong}).status_code == 422
        assert browser.post(path, sent | {"paragraphs-0-of": wrong, "grow": "over-x"}).status_code == 200


def test_nothing_of_the_original_goes_with_it(ana, bela, case):
    words = [BERTH | {"text": "CANARYPARAGRAPH"}, PROVENANCE | {"text": "CANARYSOURCE"}]
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(title="CANARYTITLE", paragraphs=words))
    entities.note_mention(officer=ana, rendition_id=item.pk, etype="person", name="CANARYNAME")
    line = actions.make_tear_line(
        officer=ana,
        rendition_id=item.pk,
        reason="CANARYREASON",
        **said(title="Berth change", handling_code="H0", paragraphs=[BERTH | SAFE]),
    )
    entities.note_mention(officer=ana, rendition_id=line.pk, etype="vessel", name="Corvina Dourada")
    released(line, bela)
    actions.correct_item(officer=ana, rendition_id=item.pk, **said(title="CANARYNEWER", reason="CANARYWHY", paragraphs=[BERTH]))
    browser, machine = browser_of(bela), machine_of(bela)
    pages = [
        "/intelligence/", f"/intelligence/{line.pk}/", f"/intelligence/{line.pk}/correct/", f"/intelligence/{line.pk}/tear-line/",
        f"/intelligence/{line.pk}/compare/{item.pk}/", "/records/", "/records/?q=CANARY", f"/records/{line.record_id}/",
        f"/records/{line.record_id}/?rendition={item.pk}", f"/records/{line.record_id}/readings/", f"/mentions/{line.pk}/",
        f"/mentions/{item.pk}/", "/subjects/", "/",
    ]  # fmt: skip
    calls = [f"/api/v1/intelligence/{line.pk}/", f"/api/v1/intelligence/{line.pk}/compare/{item.pk}/", "/api/v1/intelligence/",
             f"/api/v1/records/{line.record_id}/", "/api/v1/records/?q=CANARY", f"/api/v1/mentions/?rendition={line.pk}"]  # fmt: skip
    answers = {path: browser.get(path) for path in pages} | {path: machine.get(path) for path in calls}
    for path, answer in answers.items():
        assert answer.status_code in {200, 404}, (path, answer.status_code)
        text = answer.content.decode().replace("CANARY&quot;", "").replace('value="CANARY"', "")
        assert "CANARY" not in text.replace("q=CANARY", ""), path
    shown = answers[f"/intelligence/{line.pk}/"].content.decode()
    assert SAFE["text"] in shown
    assert str(item.pk) not in shown
    assert item.content_hash not in shown
    assert not actions.open_item(officer=bela, rendition_id=line.pk).corrected
