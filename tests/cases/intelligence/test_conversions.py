"""What a reader's own agency would say, shown beside the original and kept nowhere."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.intelligence import actions
from cases.intelligence.models import Paragraph
from tests.cases.doors import browser_of, machine_of
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released
from tests.cast import fresh


def test_a_partner_reads_the_grade_in_its_own_scale_beside_the_original(ana, bela, item):
    released(item, bela)
    page = browser_of(bela).get(f"/intelligence/{item.pk}/").content.decode()
    for words in ("Admiralty 6x6: Usually reliable; Probably true", "In your scale, nearly:", "≈", "B4", "Europol 4x4: Reliable in most"):
        assert words in page
    own = browser_of(ana).get(f"/intelligence/{item.pk}/").content.decode()
    assert "In your scale" not in own
    assert "≈" not in own


def test_a_machine_gets_the_original_and_what_it_amounts_to(ana, bela, item):
    released(item, bela)
    part = machine_of(bela).get(f"/api/v1/intelligence/{item.pk}/").json()["paragraphs"][0]
    assert (part["scheme"], part["source_code"], part["information_code"]) == ("admiralty", "B", "2")
    like = part["grade_in_your_scale"]
    assert (like["scheme"], like["source_code"], like["information_code"], like["is_exact"]) == ("europol", "B", "4", False)
    assert machine_of(ana).get(f"/api/v1/intelligence/{item.pk}/").json()["paragraphs"][0]["grade_in_your_scale"] is None


def test_what_a_scale_has_no_code_for_is_said_in_words(ana, bela, case):
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[BERTH | {"information_code": "5"}]))
    released(item, bela)
    assert "Considered improbable by the originator" in browser_of(bela).get(f"/intelligence/{item.pk}/").content.decode()


def test_reading_it_in_another_scale_keeps_nothing(bela, item):
    released(item, bela)
    before = list(Paragraph.objects.unscoped("a test compares").order_by("pk").values())
    with CaptureQueriesContext(
        connection,
    ) as said_to_the_database:
        assert actions.open_item(officer=bela, rendition_id=item.pk).parts[0].grade
    assert list(Paragraph.objects.unscoped("a test compares").order_by("pk").values()) == before
    assert not [q for q in said_to_the_database if q["sql"].startswith(('INSERT INTO "intelligence', 'UPDATE "intelligence'))]


def uses(agency, scheme):
    agency.handling_scheme = scheme
    agency.save(update_fields=["handling_scheme"])


def test_a_partner_reads_the_handling_in_its_own_scheme_beside_the_original(ana, bela, item):
    released(item, bela)
    assert "In your scheme" not in browser_of(bela).get(f"/intelligence/{item.pk}/").content.decode()
    uses(bela.agency, "uk")
    page = browser_of(fresh(bela)).get(f"/intelligence/{item.pk}/").content.decode()
    for words in ("Not for court", "H1", "In your scheme:", "C-A2-S2", "Besides, in words:", "not for court without the owner"):
        assert words in page
    shown = machine_of(fresh(bela)).get(f"/api/v1/intelligence/{item.pk}/").json()
    assert shown["handling_code"] == "H1"
    assert shown["handling_in_your_scheme"]["code"] == shown["paragraphs"][0]["handling_in_your_scheme"]["code"] == "C-A2-S2"


def test_what_the_readers_scheme_cannot_say_is_not_said(bela, item):
    released(item, bela)
    uses(bela.agency, "control")
    page = browser_of(fresh(bela)).get(f"/intelligence/{item.pk}/").content.decode()
    assert "Your scheme (Originator control) has no code for this and takes no words: keep to the original." in page
    like = machine_of(fresh(bela)).get(f"/api/v1/intelligence/{item.pk}/").json()["handling_in_your_scheme"]
    assert like == {"scheme": "control", "code": None, "wording": None, "text": "", "countries": []}


def test_conditions_in_words_and_countries_are_carried_along(ana, bela, case):
    to_both = {"handling_scheme": "control", "handling_code": "REL-TO", "handling_countries": ["CV", "NM"]}
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[BERTH], **to_both))
    released(item, bela)
    like = machine_of(bela).get(f"/api/v1/intelligence/{item.pk}/").json()["handling_in_your_scheme"]
    assert (like["code"], like["text"]) == ("H3", "only for the countries listed (CV, NM)")


def test_an_item_permits_only_what_each_of_its_paragraphs_permits(ana, case):
    freely, strictly = (
        {"handling_scheme": "uk", "handling_code": code, "handling_text": "As the owner says."} for code in ("C-A3-S1", "C-A3-S2")
    )
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[BERTH, BERTH | strictly], **freely))
    assert "OVERT_OK" in item.handling_atoms
    assert "NO_SANITISE" in item.handling_atoms
    assert "SANITISE_OK" not in item.handling_atoms
