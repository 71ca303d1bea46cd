from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import OfficerRequest
from sharing.deconfliction import actions
from sharing.deconfliction.forms import AnswerForm, FilterForm
from sharing.deconfliction.models import HitSide


@require_safe
def hits(request: OfficerRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(request, "deconfliction/list.html", {"form": form, "here": "deconfliction"}, status=422)
    page = actions.list_hits(officer=request.user, state=form.cleaned_data["state"], after=request.GET.get("after", ""))
    context = {"form": form, "rows": page.rows, "cursor": page.cursor, "here": "deconfliction"}
    return render(request, "deconfliction/list.html", context)


@require_safe
def hit(request: OfficerRequest, side_id: UUID) -> HttpResponse:
    view = actions.open_hit(officer=request.user, side_id=side_id)
    side = view.side
    given = {"state": side.state, "note": side.note} if side.state != HitSide.State.NEW else None
    return render(request, "deconfliction/hit.html", _shown(view, AnswerForm(initial=given)))


@require_POST
def answer(request: OfficerRequest, side_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        view = actions.open_hit(officer=request.user, side_id=side_id)
        return render(request, "deconfliction/hit.html", _shown(view, form), status=422)
    actions.answer_hit(officer=request.user, side_id=side_id, **form.cleaned_data)
    messages.success(request, _("Saved for your desk. The other side does not see your answer."))
    return redirect("deconfliction:hit", side_id)


@require_POST
def urgent(request: OfficerRequest, side_id: UUID) -> HttpResponse:
    both = actions.mark_urgent(officer=request.user, side_id=side_id)
    said = _("Both desks were warned. Call now.") if both else _("Your own desk was warned. The other side was not: call its desk now.")
    messages.success(request, said)
    return redirect("deconfliction:hit", side_id)


def _shown(view: actions.View, form: AnswerForm) -> dict[str, Any]:
    context: dict[str, Any] = {"view": view, "side": view.side, "form": form, "here": "deconfliction"}
    if view.mentions:
        said = max((mention.rendition for mention in view.mentions), key=lambda rendition: rendition.handling_level)
        context["marking"] = said.marking
    return context
