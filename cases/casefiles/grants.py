"""Who sees a case file's inside, and who works on it: the projection of its audience, written here alone, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from accounts.grants import members
from accounts.models import Agency, OfficerQuerySet, Unit
from accounts.roles import Deed
from cases.casefiles.models import CaseFile, CaseGrant
from kernel import grants


def project(casefile: CaseFile, *, former: Unit | None = None) -> None:
    """Let exactly the file's audience see it and its team work on it, in the caller's transaction; no longer a unit it was with.

    A standing file is worked on by its whole unit: it holds what belongs to no case yet.
    """
    seeing = casefile.audience_groups()
    working = seeing if casefile.is_standing else [casefile.team_id]
    for group in Group.objects.filter(pk__in=seeing):
        grants.give(CaseGrant, "view", to=group, on=casefile)
        if group.pk in working:
            grants.give(CaseGrant, "work", to=group, on=casefile)
    grants.end(CaseGrant, content_object=casefile, group__in=casefile.groups_outside(former))


@dataclass(frozen=True, slots=True)
class Circle:
    """One group of a file's home audience, in a sentence: who they are, and how many of them really read."""

    agency: Agency
    group_id: int
    sentence: str


SAID: dict[str, Promise] = {
    CaseFile.Audience.TEAM: ngettext_lazy("The case team: %(people)d person", "The case team: %(people)d people", "people"),
    CaseFile.Audience.UNIT: ngettext_lazy(
        "The unit %(unit)s, %(people)d person: %(why)s", "The unit %(unit)s, %(people)d people: %(why)s", "people"
    ),
    CaseFile.Audience.AGENCY: ngettext_lazy(
        "The whole agency, %(people)d person: %(why)s", "The whole agency, %(people)d people: %(why)s", "people"
    ),
}


def home_audience(casefile: CaseFile) -> Iterator[Circle]:
    """Who at home sees the file."""
    groups = dict(zip((CaseFile.Audience.TEAM, casefile.audience), casefile.audience_groups(), strict=False))
    for audience, group_id in groups.items():
        facts = {"people": readers(group_id, Deed.CASES_READ).count(), "unit": casefile.unit.name, "why": casefile.audience_reason}
        yield Circle(casefile.agency, group_id, SAID[audience] % facts)


def readers(group: Group | int, deed: Deed) -> OfficerQuerySet:
    """Those of a group whose role lets them read: to belong to it is not enough."""
    return members(group).who_may(deed)
