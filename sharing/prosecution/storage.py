"""A case that advice is about, and who sees it: found for an officer, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import Membership, Officer, OfficerQuerySet
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from kernel.errors import NotFound
from sharing.joint.models import Admission, JointCase, Party
from sharing.prosecution.models import Advice


@dataclass(frozen=True, slots=True)
class Place:
    """What advice is about: a case file that an officer sees, or a joint case that they are inside."""

    casefile: CaseFile | None = None
    joint: JointCase | None = None

    @property
    def key(self) -> dict[str, Any]:
        """As the columns of an advice."""
        return {"casefile": self.casefile} if self.casefile else {"joint": self.joint}

    @property
    def is_closed(self) -> bool:
        closed_at = self.casefile.closed_at if self.casefile else self.joint and self.joint.closed_at
        return closed_at is not None


def place_of(officer: Officer, *, casefile_id: UUID | None, joint_id: UUID | None, hold: bool = False) -> Place:
    """The case or the joint case; with `hold` until the transaction ends. Raises NotFound unless exactly one is named and seen."""
    if (casefile_id is None) == (joint_id is None):
        raise NotFound
    if casefile_id:
        cases = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead")
        return Place(casefile=(cases.locked() if hold else cases).one(casefile_id))
    joints = JointCase.objects.inside(officer).select_related("host", "agreement")
    return Place(joint=(joints.locked() if hold else joints).one(joint_id or ""))


def place_of_advice(officer: Officer, advice: Advice, *, hold: bool = False) -> Place:
    """Where an advice in hand belongs. Raises NotFound."""
    return place_of(officer, casefile_id=advice.casefile_id, joint_id=advice.joint_id, hold=hold)


def people_of(place: Place) -> OfficerQuerySet:
    """Who sees the case by being of its audience, or the joint case by being admitted; each is asked for again by `seeing`."""
    able = Officer.objects.who_may(Deed.CASES_READ).select_related("agency").order_by("agency__name", "name")
    if place.casefile:
        held = Membership.objects.active().filter(group__in=place.casefile.audience_groups())
        return able.filter(pk__in=held.values("officer"))
    seats = Party.objects.unscoped("the seats of a joint case that the reader is inside").filter(joint=place.joint, state="joined")
    return able.filter(pk__in=Admission.objects.standing().filter(party__in=seats.values("pk")).values("officer"))


def near(place: Place) -> OfficerQuerySet:
    """The short list to choose from: the team, and the unit where it sees the case; of a whole agency not everybody."""
    if place.casefile is None or place.casefile.audience != CaseFile.Audience.AGENCY:
        return people_of(place)
    team = Membership.objects.active().filter(group=place.casefile.team_id)
    return people_of(place).filter(pk__in=team.values("officer"))


def seeing(place: Place, ids: Collection[UUID]) -> list[Officer]:
    """Those of them who see the case at this moment, by its own predicate."""
    people = people_of(place).filter(pk__in=ids)
    if place.casefile:
        return [each for each in people if CaseFile.objects.visible_to(each).filter(pk=place.casefile.pk).exists()]
    joint_ids = [place.joint.pk] if place.joint else []
    return [each for each in people if JointCase.objects.inside(each).filter(pk__in=joint_ids).exists()]


def advisers_of(place: Place) -> OfficerQuerySet:
    """The prosecutors on the case whose role data lets them advise: on its team, or admitted to the joint case."""
    able = people_of(place).who_may(Deed.ADVICE_GIVE)
    team = Membership.objects.active().filter(group=place.casefile.team_id) if place.casefile else None
    return able.filter(pk__in=team.values("officer")) if team is not None else able
