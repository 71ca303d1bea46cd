"""The cast as fixtures: one world everywhere, demo included. Each test sees officers fresh, as a request would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Officer
from portal.demo import cast as people
from sharing.agreements import actions
from sharing.agreements.models import Agreement, Purpose
from sharing.releases.models import ApprovalRule


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, Officer]:
    """Everybody, by key, in their agencies and units. In the test's transaction, or on its own clone if it asked for committed_db."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")
    return one_supervisor_is_enough(people.enrol_cast(people.found_agencies()))


def one_supervisor_is_enough(cast: dict[str, Officer]) -> dict[str, Officer]:
    """The agencies of the cast ask for one supervisor wherever it goes, so that a test says for itself when it takes two."""
    for key in ("sami", "breno", "sofia"):
        ApprovalRule.objects.create(agency_id=cast[key].agency_id, supervisors=1, reason="One is enough for a test.", added_by=cast[key])
    return cast


def fresh(officer: Officer) -> Officer:
    """The officer as the next request would load them: no remembered roles or deeds."""
    return Officer.objects.select_related("agency", "unit").get(pk=officer.pk)


def _member(key: str) -> Any:
    @pytest.fixture(name=key)
    def person(cast: dict[str, Officer]) -> Officer:
        return fresh(cast[key])

    return person


ana, sami, alma, iris, adam = map(_member, ("ana", "sami", "alma", "iris", "adam"))
petra, bela, breno, paulo = map(_member, ("petra", "bela", "breno", "paulo"))
tomas, sofia, otto = map(_member, ("tomas", "sofia", "otto"))


def in_force(one: Officer, other: Officer, **facts: Any) -> Agreement:
    """An agreement that two officers signed for their agencies, covering investigation, prosecution and deconfliction."""
    now = timezone.now()
    defaults: dict[str, Any] = {
        "title": "Liaison agreement", "reference": f"LA-{one.agency.short_name}-{other.agency.short_name}",
        "starts_at": now - timedelta(days=30), "ends_at": now + timedelta(days=700), "covers_deconfliction": True,
        "handling_codes": ["europol:H0", "europol:H1", "europol:H2"],
        "articles": [
            {"number": "7", "text": "Information for investigations.", "purposes": [Purpose.INVESTIGATION]},
            {"number": "12", "text": "Evidence for trial.", "purposes": [Purpose.PROSECUTION]},
        ],
    }  # fmt: skip
    agreement = actions.draft_agreement(officer=one, parties=[one.agency_id, other.agency_id], **defaults | facts)
    for officer in (one, other):
        agreement = actions.sign_agreement(officer=officer, agreement_id=agreement.pk)
    return agreement


@pytest.fixture
def agreement(sami: Officer, breno: Officer) -> Agreement:
    """The liaison agreement of NFIS and SIC."""
    return in_force(sami, breno)


@pytest.fixture
def agreement_with_fiscalia(sami: Officer, sofia: Officer) -> Agreement:
    """The liaison agreement of NFIS and the Fiscalía Nacional."""
    return in_force(sami, sofia)
