from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from kernel.errors import NotFound
from sharing.agreements.models import Condition
from sharing.agreements.policy import Answer
from sharing.releases import actions
from sharing.releases.actions import Choice
from sharing.releases.forms import PolicyForm, RecipientForm, ReleaseForm, as_typed
from sharing.releases.models import Release

USUAL = {"conditions": [Condition.PURPOSE_ONLY.value]}


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """The share form of a case: first to which agency, then what, to whom, for what, until when."""
    choice = actions.begin_release(officer=request.user, casefile_id=casefile_id, recipient_id=_to(request))
    if choice.taker is None:
        return render(request, "releases/new.html", _shown(choice))
    form = ReleaseForm(sent(request), initial=USUAL, officer=request.user, choice=choice)
    return _written(request, choice, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficerRequest, release_id: UUID) -> HttpResponse:
    """The same form for a release that was not decided yet, by who asked for it."""
    opened = actions.open_release(officer=request.user, release_id=release_id)
    if opened.inside is None:
        raise NotFound
    opened.inside.may_change.enforce()
    release, plan = opened.release, opened.inside.plan
    choice = actions.begin_release(officer=request.user, casefile_id=release.casefile_id, recipient_id=_to(request) or release.recipient_id)
    form = ReleaseForm(sent(request), initial=as_typed(plan, request.user), officer=request.user, choice=choice)
    return _written(request, choice, form, release)


@require_POST
def policy(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """Whether it could leave as typed so far: a fragment, asked for at every change."""
    choice = actions.begin_release(officer=request.user, casefile_id=casefile_id, recipient_id=_to(request))
    form = PolicyForm(request.POST, officer=request.user, choice=choice)
    form.is_valid()
    answer = actions.ask_policy(officer=request.user, casefile_id=casefile_id, plan=form.plan())
    return render(request, "releases/_policy.html", {"answer": answer})


def _written(request: OfficerRequest, choice: Choice, form: ReleaseForm, release: Release | None = None) -> HttpResponse:
    """The page again with the policy's answer, or the release as it was written, sent for approval if that was wanted and may be."""
    if request.method != "POST":
        return render(request, "releases/new.html", _shown(choice, form, release))
    valid, asked, wanted = form.is_valid(), "check" in request.POST, "send" in request.POST
    answer = None
    if asked or (valid and wanted):
        answer = actions.ask_policy(officer=request.user, casefile_id=choice.casefile.pk, plan=form.plan())
    if asked or not valid or (answer and not answer.allowed):
        return render(request, "releases/new.html", _shown(choice, form, release, answer), status=200 if asked else 422)
    return _kept(request, choice, form, release, send=wanted)


def _kept(request: OfficerRequest, choice: Choice, form: ReleaseForm, release: Release | None, *, send: bool) -> HttpResponseRedirect:
    written: dict[str, Any] = {"officer": request.user, "plan": form.plan(), "ask": send}
    if release:
        kept = actions.change_release(release_id=release.pk, **written)
    else:
        kept = actions.draft_release(casefile_id=choice.casefile.pk, **written)
    sent_on = _("Sent for approval. Nothing leaves before somebody else approves it.")
    messages.success(request, sent_on if send else _("Kept as a draft. Nothing leaves by it."))
    return redirect("releases:one", kept.pk)


def _shown(choice: Choice, form: ReleaseForm | None = None, release: Release | None = None, answer: Answer | None = None) -> dict[str, Any]:
    to = RecipientForm(initial={"to": choice.taker.pk if choice.taker else ""}, agencies=choice.agencies)
    shown = {"choice": choice, "casefile": choice.casefile, "to": to, "form": form, "release": release, "answer": answer}
    return shown | {"marking": choice.casefile.marking} | {"tab": "sharing", "here": "cases"}


def _to(request: OfficerRequest) -> UUID | None:
    """The agency in the address; none if there is none or it is no id."""
    try:
        return UUID(request.GET.get("to", ""))
    except ValueError:
        return None
