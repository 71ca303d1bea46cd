"""The pages behind a wall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from kernel.errors import Invalid
from sharing.prosecution import actions, rules
from sharing.prosecution.actions.reading import whom_to_let_in
from sharing.prosecution.forms import AdviceForm, LetInForm, QuestionForm, ReaderForm, ReplyForm
from sharing.prosecution.models import MARKING


@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """The advice of a case that one wrote or was let in on; what is posted is advised, or asked, as one's role has it."""
    return _wall(request, "prosecution/of_case.html", "cases", casefile_id=casefile_id)


@require_http_methods(["GET", "HEAD", "POST"])
def of_joint(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    """The same of a joint case."""
    return _wall(request, "prosecution/of_joint.html", "joint", joint_id=joint_id)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: OfficerRequest, advice_id: UUID) -> HttpResponse:
    """An advice; what is posted to it is answered behind its wall."""
    form = ReplyForm(sent(request))
    if form.is_valid():
        actions.reply_to_advice(officer=request.user, advice_id=advice_id, **form.cleaned_data)
        messages.success(request, _("Answered. All who are behind this wall read it."))
        return redirect("prosecution:one", advice_id)
    opened = actions.open_advice(officer=request.user, advice_id=advice_id)
    reader = ReaderForm(people=whom_to_let_in(request.user, opened)) if opened.is_author and opened.may_write else None
    context = {"opened": opened, "advice": opened.advice, "form": form, "reader_form": reader, "marking": MARKING}
    here = "cases" if opened.place.casefile else "joint"
    return render(request, "prosecution/one.html", context | {"here": here}, status=422 if form.is_bound else 200)


@require_POST
def let_in(request: OfficerRequest, advice_id: UUID) -> HttpResponse:
    form = LetInForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.ADDRESS_IT)
    reader = actions.let_in(officer=request.user, advice_id=advice_id, member_id=form.cleaned_data["member"])
    messages.success(request, _("%(name)s is behind this wall from now on.") % {"name": reader.officer.name})
    return redirect("prosecution:one", advice_id)


@require_POST
def let_out(request: OfficerRequest, advice_id: UUID, member_id: UUID) -> HttpResponse:
    actions.let_out(officer=request.user, advice_id=advice_id, member_id=member_id)
    messages.success(request, _("They see nothing of it from now on."))
    return redirect("prosecution:one", advice_id)


def _wall(request: OfficerRequest, template: str, here: str, **about: Any) -> HttpResponse:
    advises = bool(rules.can_advise(request.user))
    form = (AdviceForm if advises else QuestionForm)(sent(request), people=actions.whom_to_address(request.user, **about))
    if form.is_valid():
        return _sent(request, form.facts() | about, advises=advises)
    wall = actions.open_wall(officer=request.user, after=request.GET.get("after", ""), **about)
    context: dict[str, Any] = {"wall": wall, "form": form, "marking": MARKING, "here": here, "tab": "advice"}
    context |= {"casefile": wall.place.casefile, "joint": wall.place.joint}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _sent(request: OfficerRequest, facts: dict[str, Any], *, advises: bool) -> HttpResponse:
    advice = (actions.give_advice if advises else actions.ask_for_advice)(officer=request.user, **facts)
    messages.success(request, _("Sent. Only those it is addressed to read it."))
    return redirect("prosecution:one", advice.pk)
