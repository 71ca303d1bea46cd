"""Two subjects put together, and that taken back in one step."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from cases.entities import actions
from cases.entities.forms import WhyForm
from cases.entities.views.mentions import HERE
from cases.records.models import marking_of


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: OfficerRequest, subject_id: UUID, second_id: UUID) -> HttpResponse:
    form = WhyForm(sent(request))
    if form.is_valid():
        merged = actions.merge_subjects(officer=request.user, subject_id=subject_id, other_id=second_id, **form.cleaned_data)
        messages.success(request, _("Both are one subject now. It can be taken back here in one step."))
        return redirect("entities:subject", merged.kept_id)
    merging = actions.begin_merge(officer=request.user, subject_id=subject_id, other_id=second_id)
    shown = marking_of(row.mention.rendition for side in (merging.kept, merging.gone) for row in side.rows)
    return render(request, "entities/merge.html", HERE | shown | {"merging": merging, "form": form}, status=422 if form.is_bound else 200)


@require_POST
def undo_merge(request: OfficerRequest, merge_id: UUID) -> HttpResponse:
    merge = actions.undo_merge(officer=request.user, merge_id=merge_id)
    messages.success(request, _("They are two subjects again, with the mentions and relations that each had."))
    return redirect("entities:subject", merge.kept_id)
