"""The subjects an agency takes mentions for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.entities import actions
from cases.entities.forms import (
    MentionsForm,
    NewSubjectForm,
    SubjectForm,
    SubjectsForm,
)
from cases.entities.rules import NOBODY_CHOSEN
from cases.entities.views.mentions import HERE
from cases.records.models import marking_of
from kernel.errors import Invalid, NotFound


@require_safe
def subjects(request: OfficerRequest) -> HttpResponse:
    form = SubjectsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = actions.list_subjects(officer=request.user, after=request.GET.get("after", ""), **asked)
    return render(request, "entities/list.html", HERE | {"page": page, "form": form, "filtered": any(asked.values())})


@require_safe
def subject(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    portrait = actions.open_subject(officer=request.user, subject_id=subject_id)
    shown = marking_of(each.mention.rendition for rows in (portrait.rows, portrait.alike, portrait.supports) for each in rows)
    return render(request, "entities/subject.html", HERE | shown | {"portrait": portrait, "subject": portrait.subject})


@require_http_methods(["GET", "HEAD", "POST"])
def new_subject(request: OfficerRequest) -> HttpResponse:
    """The mentions chosen on another page become a subject, or part of one."""
    asked = request.GET.getlist("mention")[:200]
    form = NewSubjectForm(sent(request), officer=request.user, asked=asked)
    if form.is_valid():
        given = form.cleaned_data
        if given["subject"]:
            made = actions.group_mentions(officer=request.user, subject_id=given["subject"].pk, mention_ids=form.mention_ids)
        else:
            facts = {name: given[name] for name in ("label", "category", "category_reason")}
            made = actions.make_subject(officer=request.user, mention_ids=form.mention_ids, **facts)
        messages.success(request, _("Your agency now takes them for one. Nobody else is told, and it can be taken back."))
        return redirect("entities:subject", made.pk)
    if request.method != "POST" and not MentionsForm(request.GET, officer=request.user).is_valid():
        raise NotFound if asked else Invalid(NOBODY_CHOSEN)
    return render(request, "entities/new_subject.html", HERE | {"form": form, "chosen": len(asked)}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_subject(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    form = SubjectForm(sent(request))
    if form.is_valid():
        actions.change_subject(officer=request.user, subject_id=subject_id, **form.cleaned_data)
        return redirect("entities:subject", subject_id)
    shown = actions.open_subject(officer=request.user, subject_id=subject_id).subject
    form.initial = {"label": shown.typed, "category": shown.category, "category_reason": shown.reason}
    return render(request, "entities/change_subject.html", HERE | {"form": form, "subject": shown}, status=422 if form.is_bound else 200)


@require_POST
def group(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    form = MentionsForm(request.POST, officer=request.user)
    if not form.is_valid():
        raise Invalid(NOBODY_CHOSEN)
    actions.group_mentions(officer=request.user, subject_id=subject_id, mention_ids=form.mention_ids)
    return redirect("entities:subject", subject_id)


@require_POST
def ungroup(request: OfficerRequest, subject_id: UUID, mention_id: UUID) -> HttpResponse:
    left = actions.ungroup_mention(officer=request.user, subject_id=subject_id, mention_id=mention_id)
    messages.success(request, _("The mention no longer counts as %(subject)s. It can be put back.") % {"subject": left.subject.called})
    return redirect("entities:subject", subject_id) if left.still_seen else redirect("entities:list")
