"""Which cases belong together. A link is there for whoever sees both of its cases, and for nobody else in any way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Agency, Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import FROM_HERE, FROM_THERE, CaseFile, LinkedCases
from kernel.errors import Conflict, Invalid
from kernel.querysets import Page

ENDS = ("casefile", "other", "made_by", "ended_by")


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as one of its two cases shows it: the case at the other end, and what that is to this one, in words."""

    link: LinkedCases
    case: CaseFile
    word: str


@dataclass(frozen=True, slots=True)
class Links:
    """A case, the cases it is linked to, and the links that were taken back, each the newest first."""

    casefile: CaseFile
    standing: list[Linked]
    ended: Page[Linked]


@transaction.atomic(durable=True)
def list_links(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> Links:
    """The cases that a case is linked to, those ended by page, as far as both ends are seen. Raises NotFound, Invalid."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    rows = LinkedCases.objects.visible_to(officer).of(casefile).exclude(ended_at=None).select_related(*ENDS)
    page = rows.newest(by="ended_at", after=after, size=size)
    found = Links(casefile, links_of(officer, casefile), Page([_seen_from(casefile, row) for row in page.rows], page.cursor))
    record(Event.LINKS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(found.standing) + len(page.rows))
    return found


@transaction.atomic(durable=True)
def link_cases(*, officer: Officer, casefile_id: UUID, reference: str, kind: str, reason: str) -> LinkedCases:
    """Say that a case one works on belongs with another that one sees, named by its reference; `kind` is read from the first.

    A reference that the officer does not see is answered as one that nobody has. The line in the ledger names the link and neither
    case, so that the activity of a case tells of it to those alone who see both. Raises NotFound, NotAllowed (rules.can_work),
    Conflict if the case is closed, they are linked so already, or a parent would be its own child, Invalid.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    if kind not in LinkedCases.Kind.values or not reason.strip():
        raise Invalid
    other = CaseFile.objects.visible_to(officer).filter(agency=casefile.agency_id, reference__iexact=reference.strip()).first()
    if other is None:
        raise Invalid(fields={"reference": rules.NO_SUCH_REFERENCE})
    if other == casefile:
        raise Invalid(fields={"reference": rules.LINKED_TO_ITSELF})
    Agency.objects.select_for_update(no_key=True).get(pk=casefile.agency_id)  # links are made one after the other: else two make a circle
    seen = LinkedCases.objects.visible_to(officer).standing()
    if seen.of(casefile).of(other).filter(kind=kind).exists():
        raise Conflict(rules.LINKED_ALREADY)
    if kind == LinkedCases.Kind.PARENT and _descends(officer, casefile.pk, other.pk):
        raise Conflict(rules.OWN_ANCESTOR)
    link: LinkedCases = LinkedCases.objects.create(casefile=casefile, other=other, kind=kind, reason=reason, made_by=officer)
    record(
        Event.CASES_LINKED, actor=officer, subject=link, owner=casefile.agency_id, casefile=casefile.pk, other=other.pk, link=kind,
        reason=reason,
    )  # fmt: skip
    return link


@transaction.atomic(durable=True)
def unlink_cases(*, officer: Officer, link_id: UUID, reason: str, casefile_id: UUID | None = None) -> LinkedCases:
    """Take a link back, from either of its cases (the one that is named, if one is); that it was there, and why no longer, stays.

    Raises NotFound, NotAllowed (rules.can_unlink), Conflict if it was taken back before, Invalid for a reason without words.
    """
    seen = LinkedCases.objects.visible_to(officer).select_related("casefile__lead", "other__lead")
    link = (seen.filter(Q(casefile=casefile_id) | Q(other=casefile_id)) if casefile_id else seen).locked().one(link_id)
    rules.can_unlink(officer, link).enforce()
    if link.ended_at:
        raise Conflict(rules.UNLINKED_ALREADY)
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    link.ended_at, link.ended_by, link.end_reason = timezone.now(), officer, reason
    link.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record(
        Event.CASES_UNLINKED, actor=officer, subject=link, owner=officer.agency_id, casefile=link.casefile_id, other=link.other_id,
        link=link.kind, reason=reason,
    )  # fmt: skip
    return link


def links_of(officer: Officer, casefile: CaseFile) -> list[Linked]:
    """The standing links of a case that the officer sees, the newest first."""
    rows = LinkedCases.objects.visible_to(officer).standing().of(casefile).select_related(*ENDS).order_by("-made_at", "pk")
    return [_seen_from(casefile, row) for row in rows]


def _seen_from(casefile: CaseFile, link: LinkedCases) -> Linked:
    if link.casefile_id == casefile.pk:
        return Linked(link, link.other, str(FROM_HERE[LinkedCases.Kind(link.kind)]))
    return Linked(link, link.casefile, str(FROM_THERE[LinkedCases.Kind(link.kind)]))


def _descends(officer: Officer, casefile_id: UUID, ancestor_id: UUID) -> bool:
    """Whether a case is below another, along links that the officer sees: a refusal for the sake of others would tell of them."""
    rows = LinkedCases.objects.visible_to(officer).standing().filter(kind=LinkedCases.Kind.PARENT)
    above, reached = {casefile_id}, {casefile_id}
    while above:
        above = set(rows.filter(other__in=above).values_list("casefile_id", flat=True)) - reached
        reached |= above
    return ancestor_id in reached
