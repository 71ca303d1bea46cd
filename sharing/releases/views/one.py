from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import proofs
from accounts.http import OfficerRequest
from accounts.roles import Deed
from cases.records.models import marking_of
from kernel.errors import NotFound
from sharing.agreements.models import ENFORCED_BY, Condition
from sharing.releases import actions, rules
from sharing.releases.actions import Cover, Inside, Opened
from sharing.releases.forms import CommentForm, ReasonForm
from sharing.releases.models import Decision, Release
from sharing.releases.views.table import in_words

Status = Release.Status
HERE = {"here": "releases"}


@require_safe
def one(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    """A release: from inside for its giver, its cover for a recipient."""
    return _page(request, actions.open_release(officer=request.user, release_id=release_id))


@require_safe
def preview(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    """What a recipient would read: the cover, and exactly the renditions that would be let through."""
    shown = actions.preview_release(officer=request.user, release_id=release_id)
    if shown.opened.inside is None:
        raise NotFound
    context = _inside(shown.opened.release, shown.opened.inside) | {"tab": "preview", "shown": shown}
    return render(request, "releases/preview.html", context)


@require_POST
def discuss(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, actions.open_release(officer=request.user, release_id=release_id), comment=form)
    actions.discuss_release(officer=request.user, release_id=release_id, text=form.cleaned_data["text"])
    return redirect(reverse("releases:one", args=[release_id]) + "#discussion-h")


@require_POST
def ask(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    actions.request_release(officer=request.user, release_id=release_id)
    messages.success(request, _("Sent for approval. Nothing leaves before somebody else approves it."))
    return redirect("releases:one", release_id)


@require_POST
def withdraw(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    actions.withdraw_release(officer=request.user, release_id=release_id)
    messages.success(request, _("Withdrawn. It is a draft again."))
    return redirect("releases:one", release_id)


@require_POST
def approve(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    """With fresh proof of presence, for the content that the page showed."""
    seen = request.POST.get("content_hash", "")
    proof = proofs.check(request.user, Deed.RELEASES_APPROVE, release_id, seen, request.POST)
    approved = actions.approve_release(officer=request.user, release_id=release_id, proof=proof)
    if approved.status == Status.AWAITING:
        messages.success(request, _("Your approval is kept. Nothing leaves before the other steps are taken too."))
    elif not approved.has_left:
        messages.success(request, _("Approved. It leaves in a few minutes, unless somebody stops it."))
    else:
        messages.success(request, _("Released. The recipients have been told; they see it once they accept its conditions."))
    return redirect("releases:one", release_id)


@require_POST
def stop(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    actions.stop_release(officer=request.user, release_id=release_id)
    messages.success(request, _("Stopped. Nothing has left, and its recipients never hear of it."))
    return redirect("releases:one", release_id)


@require_POST
def accept(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    actions.accept_release(officer=request.user, release_id=release_id)
    messages.success(request, _("Accepted. What was released is open to you until its end."))
    return redirect("releases:one", release_id)


def _with_reason(deed: Callable[..., Release], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    """A deed on a release that takes a reason: the page again with what was typed if there is none."""

    @require_POST
    def door(request: OfficerRequest, release_id: UUID) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, actions.open_release(officer=request.user, release_id=release_id), form)
        deed(officer=request.user, release_id=release_id, **form.cleaned_data)
        messages.success(request, said())
        return redirect("releases:one", release_id)

    return door


send_back = _with_reason(actions.send_back_release, lambda: _("Sent back with your reason."))
refuse = _with_reason(actions.refuse_release, lambda: _("Refused. Nothing leaves by it."))
recall = _with_reason(actions.recall_release, lambda: _("Recalled. Its recipients no longer see any of it."))


def _page(request: OfficerRequest, opened: Opened, form: ReasonForm | None = None, *, comment: CommentForm | None = None) -> HttpResponse:
    release, status = opened.release, 422 if form or comment else 200
    if opened.cover:
        return render(request, "releases/cover.html", _covered(release, opened.cover), status=status)
    if opened.inside is None:
        raise NotFound
    context = _inside(release, opened.inside) | {"form": form or ReasonForm(), "comment": comment or CommentForm(), "tab": "leaves"}
    if release.status == Status.AWAITING and opened.inside.may_decide:
        asked = proofs.begin(request.user, Deed.RELEASES_APPROVE, release.pk, release.content_hash)
        context |= {"proof_methods": asked.methods, "passkey_options": asked.passkey_options}
    return render(request, "releases/one.html", context, status=status)


def _covered(release: Release, cover: Cover) -> dict[str, Any]:
    return HERE | marking_of(cover.renditions) | _conditions(release, release.further_conditions) | {"cover": cover}


def _inside(release: Release, inside: Inside) -> dict[str, Any]:
    context = HERE | marking_of((row.rendition for row in inside.leaving if row.rendition), inside.casefile)
    if release.status == Status.AWAITING and inside.may_decide:
        context["here"] = "approvals"
    context |= _conditions(release, inside.words) | {"inside": inside, "steps": _steps(release, inside)}
    context["warnings"] = _warnings(release, inside)
    context["why_steps"] = [
        in_words(row, {release.recipient.jurisdiction.code: release.recipient.jurisdiction.name}) for row in inside.why_steps
    ]
    return context


def _conditions(release: Release, words: Sequence[str]) -> dict[str, Any]:
    """The conditions and who enforces each, and the restrictions in words."""
    conditions = [(str(Condition(each).label), str(ENFORCED_BY[Condition(each)])) for each in release.conditions]
    return {"release": release, "conditions": conditions, "promised": words}


def _warnings(release: Release, inside: Inside) -> list[str]:
    """What stands in the way of a decision, in the rules' own sentences."""
    said = [rules.CHANGED.render({})] if inside.changed else []
    if release.status in (Status.DRAFT, Status.SENT_BACK, Status.AWAITING) and not inside.approvers:
        said.append(rules.NOBODY_TO_APPROVE.render({"agency": release.agency.short_name}))
    elif len(inside.approvers) < len(inside.steps_open):
        said.append(rules.TOO_FEW_TO_APPROVE.render({"agency": release.agency.short_name, "open": len(inside.steps_open)}))
    return said


def _steps(release: Release, inside: Inside) -> list[dict[str, str]]:
    """Where the release stands, as four steps."""
    asked = release.status not in (Status.DRAFT, Status.SENT_BACK, Status.LAPSED)
    decided = release.status in (*Release.CROSSED, Status.REFUSED, Status.STOPPED)
    states = ["done" if asked else "now", "done" if decided else "now" if asked else "", "done" if inside.acceptances else ""]
    titles = [
        (_("Asked for"), release.requested_by.name),
        (_("Decided"), _deciding(release, inside)),
        (_("Conditions accepted"), _readers(inside.acceptances)),
    ]
    return [{"title": title, "text": text, "state": state} for (title, text), state in zip(titles, states, strict=True)]


def _deciding(release: Release, inside: Inside) -> str:
    """Who has taken which step, and who could take those that are open: "1 of 2: …"."""
    done = [each for each in inside.decisions if each.answer == Decision.Answer.APPROVED and each.voided_at is None]
    taken = ", ".join(f"{each.officer.name} ({each.get_step_display()})" for each in done)
    if not inside.steps_open:
        return taken or (release.approved_by.name if release.approved_by else "—")
    names = ", ".join(officer.name for officer in inside.approvers) or "—"
    needed = len(inside.steps_needed)
    if needed == 1 and not release.legal:
        return _("Somebody other than the requester: %(names)s") % {"names": names}
    facts = {"done": needed - len(inside.steps_open), "needed": needed, "taken": taken or _("nobody yet"), "names": names}
    facts["open"] = ", ".join(str(step.label) for step in inside.steps_open)
    return _("%(done)s of %(needed)s: %(taken)s. Open: %(open)s, by one of %(names)s") % facts


def _readers(count: int) -> str:
    return _("By %(count)s of its recipients") % {"count": count} if count else _("By nobody yet")
