"""Writing a release and asking for it: drafted, changed, requested and withdrawn by one officer, who never approves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.grants import found_group
from accounts.models import Agency, Officer, Unit
from accounts.notices import post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.records.models import Rendition, new_reference
from cases.records.storage import keep_case_header
from kernel.errors import Invalid, Sentence
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.policy import Answer
from sharing.releases import rules
from sharing.releases.actions import contents, notices
from sharing.releases.actions.choosing import candidates
from sharing.releases.actions.contents import Plan, Wish
from sharing.releases.actions.hold import PARTIES, approvers, expect, eyes, locked
from sharing.releases.actions.needs import needed, void
from sharing.releases.events import Event
from sharing.releases.models import Addressee, Line, Release

Status = Release.Status


@transaction.atomic(durable=True)
def ask_policy(*, officer: Officer, casefile_id: UUID, plan: Plan) -> Answer:
    """Whether this could leave, before anything is written: what the share form shows while it is filled in.

    Raises NotFound, NotAllowed (rules.can_draft), Invalid for readers or records that do not fit.
    """
    casefile = _case(officer, casefile_id)
    rules.can_draft(officer, casefile).enforce()
    answer = contents.weigh(_wish(officer, casefile, plan), now=timezone.now(), told_to=officer)
    record(Event.POLICY_ASKED, actor=officer, subject=casefile, owner=officer.agency_id, **_weighed(plan.recipient_id, answer))
    return answer


@transaction.atomic(durable=True)
def ask_policy_again(*, officer: Officer, release_id: UUID) -> Answer:
    """Whether a release, as it stands, could leave now; asked inside the giving agency. Raises NotFound."""
    ours = Release.objects.visible_to(officer).filter(agency_id=officer.agency_id)
    release = ours.select_related(*PARTIES).one(release_id)
    answer = contents.weigh(contents.wish_of(release), now=timezone.now(), told_to=officer, agreement_id=release.agreement_id)
    record(Event.POLICY_ASKED, actor=officer, subject=release, owner=officer.agency_id, **_weighed(release.recipient_id, answer))
    return answer


@transaction.atomic(durable=True)
def draft_release(*, officer: Officer, casefile_id: UUID, plan: Plan, ask: bool = False) -> Release:
    """Write down what would be given to whom; nothing leaves by it. Whether it may leave is asked when it is requested.

    With `ask`, its approval is asked for too, as request_release does: both or neither.
    Raises NotFound, NotAllowed (rules.can_draft), Invalid for readers, records or words that do not fit.
    """
    casefile = _case(officer, casefile_id)
    rules.can_draft(officer, casefile).enforce()
    wish, release_id = _wish(officer, casefile, plan), uuid4()
    release = Release.objects.create(
        id=release_id, agency=casefile.agency, casefile=casefile, reference=new_reference(), requested_by=officer,
        group=found_group("release", release_id), **_words(plan, wish),
    )  # fmt: skip
    _write_parts(officer, casefile, release, wish)
    record(Event.RELEASE_DRAFTED, actor=officer, subject=release, owner=release.agency_id, **_told(release))
    return _asked(officer, release) if ask else release


@transaction.atomic(durable=True)
def change_release(*, officer: Officer, release_id: UUID, plan: Plan, ask: bool = False) -> Release:
    """Write the release anew. It becomes a draft again, and what was decided on its former content no longer counts.

    With `ask`, its approval is asked for too, as request_release does: both or neither.
    Raises NotFound, NotAllowed (rules.can_change), Conflict once it was decided for good, Invalid as draft_release does.
    """
    release = locked(officer, release_id)
    rules.can_change(officer, release).enforce()
    expect(release, Status.DRAFT, Status.SENT_BACK, Status.LAPSED, Status.AWAITING)
    casefile = _case(officer, release.casefile_id)
    wish = _wish(officer, casefile, plan)
    _back_to_draft(release, _words(plan, wish))
    contents.lines_of(release).delete()
    Addressee.objects.filter(release=release).delete()
    _write_parts(officer, casefile, release, wish)
    record(Event.RELEASE_CHANGED, actor=officer, subject=release, owner=release.agency_id, **_told(release))
    return _asked(officer, release) if ask else release


@transaction.atomic(durable=True)
def request_release(*, officer: Officer, release_id: UUID) -> Release:
    """Ask for approval of exactly this content, under the agreement that the policy found; the conditions its codes bring are added.

    Raises NotFound, NotAllowed (rules.can_request, or the policy's own sentence), Conflict unless it is a draft, was sent back or lapsed.
    """
    release = locked(officer, release_id)
    rules.can_request(officer, release, eyes(officer, release)).enforce()
    expect(release, Status.DRAFT, Status.SENT_BACK, Status.LAPSED)
    return _asked(officer, release)


@transaction.atomic(durable=True)
def withdraw_release(*, officer: Officer, release_id: UUID) -> Release:
    """Take the request back; the release is a draft again. Raises NotFound, NotAllowed (rules.can_change), Conflict unless it waits."""
    release = locked(officer, release_id)
    rules.can_change(officer, release).enforce()
    expect(release, Status.AWAITING)
    _back_to_draft(release, {})
    record(Event.RELEASE_WITHDRAWN, actor=officer, subject=release, owner=release.agency_id)
    return release


def _asked(officer: Officer, release: Release) -> Release:
    """The draft, all of which the officer sees, waiting for approval; what the policy found and what the codes bring stand in it."""
    answer = contents.weigh(contents.wish_of(release), now=timezone.now(), told_to=officer)
    answer.verdict.enforce()
    release.agreement_id, release.article_id = answer.agreement_id, answer.article_id
    release.conditions = sorted({*release.conditions, *answer.conditions})
    release.further_conditions = list(answer.words)
    need = needed(release)
    release.supervisors, release.legal = need.supervisors, need.legal
    release.status, release.requested_at = Status.AWAITING, timezone.now()
    release.content_hash = contents.content_hash(release)
    release.save()
    void(release)  # also who sent it back decides anew
    for told in (notices.DECIDED, notices.LAPSED):
        settle(told, subject_id=release.pk)
    post(notices.AWAITING, to=approvers(release), subject_id=release.pk)
    record(
        Event.RELEASE_REQUESTED, actor=officer, subject=release, owner=release.agency_id, via=contents.rests_on(release),
        content_hash=release.content_hash, supervisors=need.supervisors, legal=need.legal,
        rules=[str(row.id or "usual") for row in need.trace],
    )  # fmt: skip
    return release


def _case(officer: Officer, casefile_id: UUID) -> CaseFile:
    return CaseFile.objects.visible_to(officer).select_related("agency__jurisdiction", "lead").one(casefile_id)


def _wish(officer: Officer, casefile: CaseFile, plan: Plan) -> Wish:
    """The rows that a plan speaks of. Raises Invalid, with a sentence for each field, for what is not there to be chosen."""
    taker = Agency.objects.select_related("jurisdiction").filter(pk=plan.recipient_id).exclude(pk=officer.agency_id).first()
    if taker is None:
        raise Invalid(rules.NO_SUCH_AGENCY, fields={"recipient": rules.NO_SUCH_AGENCY})
    unit = Unit.objects.filter(pk=plan.unit_id, agency=taker).first() if plan.unit_id else None
    named = Officer.objects.who_may(Deed.RELEASES_ACCEPT).filter(agency=taker, pk__in=plan.officer_ids)
    officers = frozenset(named.values_list("pk", flat=True))
    renditions = tuple(candidates(officer, casefile).filter(pk__in=plan.rendition_ids).order_by("pk"))
    checks = (
        ("unit", plan.unit_id and unit is None, rules.NO_SUCH_UNIT),
        ("officers", len(officers) < len(set(plan.officer_ids)), rules.NO_SUCH_READER),
        ("officers", bool(plan.unit_id) and bool(plan.officer_ids), rules.ONE_KIND_OF_READER),
        ("renditions", len(renditions) < len(set(plan.rendition_ids)), rules.NOT_OF_THIS_CASE),
        ("header", plan.header not in contents.HEADERS, rules.NOT_OF_THIS_CASE),
        ("purpose", plan.purpose and plan.purpose not in Purpose.values, rules.UNKNOWN_PURPOSE),
        ("conditions", not set(plan.conditions) <= set(Condition.values), rules.UNKNOWN_CONDITION),
    )
    _refuse_flaws({name: said for name, wrong, said in checks if wrong})
    return Wish(
        giver=casefile.agency, taker=taker, unit=unit, officers=officers, renditions=renditions, purpose=plan.purpose,
        ends_at=plan.ends_at, header=plan.header,
    )  # fmt: skip


def _words(plan: Plan, wish: Wish) -> dict[str, Any]:
    """The columns a plan fills, and those it empties: agreement, article and what the codes bring are found when it is requested."""
    missing = {
        "purpose": not plan.purpose and rules.PURPOSE_MISSING,
        "ends_at": plan.ends_at is None and rules.END_MISSING,
        "legal_basis": not plan.legal_basis.strip() and rules.LEGAL_BASIS_MISSING,
    }
    _refuse_flaws({name: said for name, said in missing.items() if said})
    return {
        "recipient": wish.taker, "recipient_unit": wish.unit, "purpose": plan.purpose, "legal_basis": plan.legal_basis.strip(),
        "conditions": sorted(set(plan.conditions)), "further_conditions": [], "cover_note": plan.cover_note.strip(),
        "ends_at": plan.ends_at, "agreement": None, "article": None,
    }  # fmt: skip


def _refuse_flaws(flaws: dict[str, Sentence]) -> None:
    if flaws:
        raise Invalid(fields=flaws)


def _write_parts(officer: Officer, casefile: CaseFile, release: Release, wish: Wish) -> None:
    renditions = list(wish.renditions)
    if wish.header:
        header = keep_case_header(officer=officer, casefile=casefile, titled=wish.header == "title")
        renditions += Rendition.objects.visible_to(officer).filter(pk=header.pk).select_related("record__agency__jurisdiction")
    carried = contents.conditions_of(renditions)
    Line.objects.bulk_create(
        Line(release=release, record_id=r.record_id, rendition=r, rights=["view"], conditions=carried[r.pk]) for r in renditions
    )
    Addressee.objects.bulk_create(Addressee(release=release, officer_id=pk) for pk in wish.officers)
    need = needed(release)
    release.supervisors, release.legal = need.supervisors, need.legal
    release.save(update_fields=["supervisors", "legal"])


def _back_to_draft(release: Release, words: dict[str, Any]) -> None:
    """A draft again: what was decided on its former content no longer counts, and nobody is asked any more."""
    for name, value in words.items():
        setattr(release, name, value)
    release.status, release.content_hash = Status.DRAFT, ""
    release.save()
    void(release)
    settle(notices.AWAITING, subject_id=release.pk)
    settle(notices.DECIDED, subject_id=release.pk)


def _told(release: Release) -> dict[str, Any]:
    return {
        "recipient": release.recipient_id, "unit": release.recipient_unit_id, "officers": sorted(map(str, contents.officers_of(release))),
        "purpose": release.purpose, "ends_at": release.ends_at, "renditions": sorted(map(str, contents.ids_of(release))),
    }  # fmt: skip


def _weighed(recipient_id: UUID, answer: Answer) -> dict[str, Any]:
    return {"recipient": recipient_id, "outcome": answer.outcome, "said": [step.said.code for step in answer.steps]}
