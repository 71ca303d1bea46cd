"""Whom and what a case names, taken out as CSV; what may not be copied stays and is counted."""

import pytest

from accounts.models import Agency
from cases.entities import actions
from cases.intelligence import actions as intelligence
from kernel.errors import NotFound
from tests.cases.casefiles.test_exports import lines
from tests.cases.entities.conftest import note
from tests.cases.intelligence.conftest import said
from tests.cast import fresh

pytestmark = pytest.mark.django_db


def test_mentions_leave_with_their_numbers_their_version_and_its_handling(ana, case, item):
    note(ana, item, attributes={"aliases": ["=Tio"], "country": "NM"})
    first, columns, row, last = lines(actions.export_mentions(officer=ana, casefile_id=case.pk))
    assert row[:3] == ["Person", "Dario Quintelas", "'=Tio"]
    assert "+999 55 014 7720" in row[columns.index("Identifiers")]
    assert item.handling_code in row[columns.index("Handling")]
    for [line] in (first, last):
        assert f"Entities of {case.reference}" in line


def test_what_may_not_be_copied_stays_and_its_number_is_said_to_whoever_sees_it(ana, bela, case, item, client):
    Agency.objects.filter(pk=ana.agency_id).update(handling_scheme="co")
    officer = fresh(ana)
    paragraphs = [{**each, "handling_scheme": "co", "handling_code": "SOLO-CONOCIMIENTO"} for each in said()["paragraphs"]]
    facts = said(title="For one reader", handling_code="SOLO-CONOCIMIENTO", paragraphs=paragraphs)
    secret = intelligence.record_item(officer=officer, casefile_id=case.pk, **facts)
    note(officer, secret, "Nobody may copy this")
    note(officer, item)
    first, left, _columns, row, _last = lines(actions.export_mentions(officer=officer, casefile_id=case.pk))
    assert row[1] == "Dario Quintelas"
    assert left[0].startswith("1 row that you see is left out")
    assert "Nobody may copy this" not in str(first)
    with pytest.raises(NotFound):
        actions.export_mentions(officer=bela, casefile_id=case.pk)
    client.force_login(bela)
    assert client.get(f"/cases/{case.pk}/entities/export/").status_code == 404


def test_it_is_narrowed_down_as_the_list_is(ana, case, item, client):
    note(ana, item)
    note(ana, item, "Corvina", etype="vessel", identifiers=[])
    client.force_login(ana)
    answer = client.get(f"/cases/{case.pk}/entities/export/", {"etype": "vessel"}).getvalue().decode()
    assert "Corvina" in answer
    assert "Dario Quintelas" not in answer
    assert "etype: vessel" in answer
