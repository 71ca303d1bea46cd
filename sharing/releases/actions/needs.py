"""Who must approve a release: what leaves as the agency's table of rules is asked about it, and what is decided of it so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from cases.entities.models import Call, EntityType, Mention, Transaction
from cases.intelligence.models import Paragraph
from sharing.agreements import steps
from sharing.agreements.steps import Leaving, Needed, Row, Step
from sharing.releases.actions import contents
from sharing.releases.models import ApprovalRule, Decision, Release


def needed(release: Release) -> Needed:
    """What the agency's table asks for, for this release as it now is."""
    return steps.required(_leaving(release), rows_of(release.agency_id))


def rows_of(agency_id: UUID) -> list[Row]:
    """The rows of an agency's table that stand, without the usual ones."""
    standing = ApprovalRule.objects.unscoped("who must approve what an agency gives").standing().filter(agency_id=agency_id)
    return [rule.row for rule in standing.order_by("added_at", "pk")]


def asked_of(release: Release) -> Needed:
    """What stands in the release: what was asked for when it was written or its approval was requested, or added since."""
    return Needed(release.supervisors, release.legal)


def approvals_of(release: Release) -> Any:
    """The approvals that count: of exactly this content, by whoever gave them."""
    given = Decision.objects.unscoped("what was decided on a release in hand").filter(release=release, voided_at=None)
    return given.filter(answer=Decision.Answer.APPROVED, content_hash=release.content_hash)


def approvers_of(release: Release) -> dict[UUID, str]:
    """Who has taken which step of a release that waits; of one that does not, nobody."""
    waits = release.status == Release.Status.AWAITING
    return dict(approvals_of(release).values_list("officer_id", "step")) if waits else {}


def counted(release: Release) -> set[UUID]:
    """Whose approval of its present content counts, whether it waits or has been approved."""
    return set(approvals_of(release).values_list("officer_id", flat=True))


def void(release: Release) -> None:
    """What was decided so far counts no more."""
    decided = Decision.objects.unscoped("voiding what was decided before it is asked anew").filter(release=release, voided_at=None)
    decided.update(voided_at=Now())


def left(release: Release, taken: Collection[str]) -> tuple[Step, ...]:
    """The steps that are still open after these."""
    return tuple((Counter(asked_of(release).steps) - Counter(map(Step, taken))).elements())


def open_steps(release: Release) -> tuple[Step, ...]:
    """The steps nobody has decided yet; of a release that does not wait, all of them."""
    return left(release, approvers_of(release).values())


def _leaving(release: Release) -> Leaving:
    lines = contents.lines_of(release).values("rendition")
    why = "who must approve what would leave"
    people = Mention.objects.unscoped(why).filter(rendition=OuterRef("pk"), etype=EntityType.PERSON)
    paid, called = (model.objects.unscoped(why).filter(rendition=OuterRef("pk")) for model in (Transaction, Call))
    personal = contents.renditions_of(release).filter(Exists(people) | Exists(paid) | Exists(called))
    paragraphs = list(Paragraph.objects.unscoped(why).filter(rendition__in=lines))
    return Leaving(
        atoms=contents.atoms_of([*contents.renditions_of(release), *paragraphs]),
        giver_country=release.agency.jurisdiction.code,
        taker_country=release.recipient.jurisdiction.code,
        personal=personal.exists(),
        from_source=any(each.kind == Paragraph.Kind.PROVENANCE for each in paragraphs),
    )
