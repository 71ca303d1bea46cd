"""The tables of who must approve what, in the world of the tests: a word in every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models.functions import Now

from sharing.releases import actions as releases
from sharing.releases.models import ApprovalRule

if TYPE_CHECKING:
    from tests.world import World


def rule(world: World) -> None:
    """A row that stands and one that has ended, of two agencies: read by those of it who read its releases or its ledger."""
    for key, readers in (("sami", ("ana", "sami", "alma", "iris")), ("breno", ("bela", "breno"))):
        officer = world.people[key]
        facts = {"agency_id": officer.agency_id, "added_by": officer, "supervisors": 1, "country": "SE"}
        stands = ApprovalRule.objects.create(**facts, reason=f"{world.plant(f'rule of {key}', *readers)} says so")
        ApprovalRule.objects.create(
            **facts, reason=f"{world.plant(f'former rule of {key}', *readers)} said so", ended_by=officer, ended_at=Now(),
            ended_reason=f"{world.plant(f'end of a rule of {key}', *readers)} says otherwise",
        )  # fmt: skip
        world.place("rule_id", stands.pk, *readers)


def discuss(world: World, release_id: UUID, *inside: str) -> None:
    """A word about a release that waits, for those of its agency who see its case."""
    for key in inside:
        text = f"{world.plant(f'word about a release by {key}', *inside)} is what I think"
        releases.discuss_release(officer=world.people[key], release_id=release_id, text=text)
