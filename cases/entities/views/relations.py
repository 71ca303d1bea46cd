"""How subjects are related: judged in two steps, read with what supports it, and taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.entities import actions, rules
from cases.entities.actions import Begun
from cases.entities.forms import OthersForm, RelationForm, SupportsForm, WhyForm
from cases.entities.views.mentions import HERE
from cases.records.models import marking_of


@require_safe
def relate(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    """First whom, by a search among what one sees."""
    form = OthersForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    choosing = actions.find_others(officer=request.user, subject_id=subject_id, q=q)
    return render(request, "entities/relate.html", HERE | {"choosing": choosing, "subject": choosing.subject, "form": form, "q": q})


@require_http_methods(["GET", "HEAD", "POST"])
def relate_to(request: OfficerRequest, subject_id: UUID, second_id: UUID) -> HttpResponse:
    """Then how, and which paragraphs say so."""
    form = RelationForm(sent(request))
    if form.is_valid():
        relation = actions.relate_subjects(officer=request.user, **form.facts(subject_id, second_id))
        messages.success(request, _("Your agency now takes them to be related. Nobody else is told, and it can be taken back."))
        return redirect("entities:relation", relation.pk)
    begun = actions.begin_relation(officer=request.user, subject_id=subject_id, other_id=second_id)
    return _choose(request, "entities/relate_to.html", begun, form)


@require_safe
def relation(request: OfficerRequest, relation_id: UUID) -> HttpResponse:
    related = actions.open_relation(officer=request.user, relation_id=relation_id)
    shown = marking_of(held.row.rendition for held in related.supports)
    context = {"related": related, "relation": related.relation, "may_judge": bool(rules.can_judge(request.user))}
    return render(request, "entities/relation.html", HERE | shown | context)


@require_http_methods(["GET", "HEAD", "POST"])
def support_relation(request: OfficerRequest, relation_id: UUID) -> HttpResponse:
    form = SupportsForm(sent(request))
    if form.is_valid():
        actions.support_relation(officer=request.user, relation_id=relation_id, supports=form.cleaned_data["support"])
        return redirect("entities:relation", relation_id)
    begun = actions.begin_support(officer=request.user, relation_id=relation_id)
    return _choose(request, "entities/support_relation.html", begun, form)


@require_POST
def end_relation(request: OfficerRequest, relation_id: UUID) -> HttpResponse:
    actions.end_relation(officer=request.user, relation_id=relation_id, reason=_reason(request))
    messages.success(request, _("They are no longer taken to be related. It stays in the history of both."))
    return redirect("entities:relation", relation_id)


@require_POST
def withdraw_support(request: OfficerRequest, support_id: UUID) -> HttpResponse:
    relation = actions.withdraw_support(officer=request.user, support_id=support_id, reason=_reason(request))
    return redirect("entities:relation", relation.pk)


def _choose(request: OfficerRequest, template: str, begun: Begun, form: SupportsForm) -> HttpResponse:
    shown = marking_of(each.rendition for each in begun.offered)
    context = {"begun": begun, "form": form, "subject": begun.subject, "other": begun.other}
    return render(request, template, HERE | shown | context, status=422 if form.is_bound else 200)


def _reason(request: OfficerRequest) -> str:
    form = WhyForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
