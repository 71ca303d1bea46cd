"""What a reader's own agency would say, shown beside the original and kept nowhere."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.intelligence import actions
from cases.intelligence.models import Paragraph
from tests.cases.doors import browser_of, machine_of
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released


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
