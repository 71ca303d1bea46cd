"""A release in hand: seen, locked, in a state that permits the deed, with the reason the deed needs."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.grants import members
from accounts.models import Deputy, Membership, Officer, OfficerQuerySet
from accounts.roles import Deed
from cases.casefiles.models import CaseGrant
from cases.records.models import RecordGrant, Rendition
from kernel.errors import Conflict, Invalid
from sharing.agreements.models import Agreement
from sharing.releases import rules
from sharing.releases.actions import contents
from sharing.releases.actions.needs import approvers_of, left
from sharing.releases.models import Release
from sharing.releases.rules import Eyes

PARTIES = ("agency__jurisdiction", "recipient__jurisdiction", "recipient_unit", "requested_by", "agreement", "article", "group")


def locked(officer: Officer, release_id: UUID) -> Release:
    """The release, held until the transaction ends. Raises NotFound."""
    return Release.objects.visible_to(officer).select_related(*PARTIES).locked().one(release_id)


def agreement_of(release: Release) -> Any:
    """The agreement a release rests on, whether or not the officer reads agreements."""
    agreement_id: Any = release.agreement_id
    return Agreement.objects.unscoped("what a release in hand rests on").filter(pk=agreement_id)


def expect(release: Release, *statuses: str) -> None:
    """Raises Conflict unless the release is in one of these states."""
    if release.status not in statuses:
        raise Conflict(rules.NOT_NOW, status=str(release.get_status_display()))


def in_time(release: Release) -> None:
    """Raises Conflict unless the release waits for a decision, and has not waited too long by the database's clock."""
    expect(release, Release.Status.AWAITING)
    if Release.objects.unscoped("whether a release in hand has lapsed").filter(pk=release.pk).lapsed().exists():
        raise Conflict(rules.LAPSED)


def given(reason: str) -> str:
    """The reason, trimmed. Raises Invalid for none."""
    if not reason.strip():
        raise Invalid(rules.REASON_MISSING, fields={"reason": rules.REASON_MISSING})
    return reason.strip()


def eyes(officer: Officer, release: Release) -> Eyes:
    """What this officer does not see of what would leave, whether they approved it, and whether they and whoever asked or approved were
    deputies since it was asked for.
    """
    lines = contents.lines_of(release).values("rendition")
    seen = Rendition.objects.visible_to(officer).filter(pk__in=lines).count()
    approved = approvers_of(release)
    others = [release.requested_by_id, *(approved.keys() - {officer.pk})]
    return Eyes(
        unseen=lines.count() - seen, stand_in=stood_in(officer, *others, since=release.requested_at).exists(),
        decided=officer.pk in approved, open=left(release, approved.values()),
    )  # fmt: skip


def approvers(release: Release) -> list[Officer]:
    """Those who could decide on this release now: what shows it (Release.visible_to) and rules.can_decide, asked of all in one statement.

    Its owner's officers whose role takes a step still open, who neither asked nor approved and stand in for nobody who did, and who
    see its case and every line.
    """
    approved = approvers_of(release)
    wanted = set(left(release, approved.values()))
    taking = [Officer.objects.who_may(rules.DEEDS[step]).filter(agency=release.agency_id).values("pk") for step in wanted]
    if not taking:
        return []
    others = [release.requested_by_id, *approved]
    mine = Membership.objects.active().filter(officer=OuterRef("pk"))
    file = CaseGrant.objects.live().for_right("view").filter(content_object=release.casefile_id)
    held = RecordGrant.objects.live().for_right("view").covering(OuterRef("record"), OuterRef("rendition"))
    theirs = Membership.objects.active().filter(officer=OuterRef(OuterRef(OuterRef("pk"))))
    unseen = contents.lines_of(release).filter(~Exists(held.filter(group__in=theirs.values("group"))))
    able = Officer.objects.get_queryset().filter(reduce(or_, (Q(pk__in=rows) for rows in taking))).exclude(pk__in=others)
    for deed in (Deed.RELEASES_READ, Deed.CASES_READ, Deed.INTELLIGENCE_READ):
        able = able.who_may(deed)
    seeing = able.filter(Exists(mine.filter(group__in=file.values("group"))), ~Exists(unseen))
    stand_in = stood_in(OuterRef("pk"), *others, since=release.requested_at)
    return list(seeing.filter(~Exists(stand_in)).order_by("name"))


def stood_in(one: Any, *others: Any, since: Any) -> Any:
    """The delegations between an officer and others since something was asked for: who stood in for another is no pair of eyes more."""
    pair = Q(officer=one, deputy__in=others) | Q(officer__in=others, deputy=one)
    return Deputy.objects.filter(pair, since__lte=Now(), until__gte=since)


def recipients(release: Release) -> OfficerQuerySet:
    """The officers to whom the release is addressed, by name or by their unit, if their role accepts releases."""
    able: OfficerQuerySet = Officer.objects.who_may(Deed.RELEASES_ACCEPT).filter(agency=release.recipient_id)
    if release.recipient_unit:
        return able.filter(pk__in=members(release.recipient_unit.group).values("pk"))
    return able.filter(pk__in=contents.officers_of(release))
