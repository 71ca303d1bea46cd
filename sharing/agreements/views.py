from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, rows_said
from accounts.roles import Deed
from accounts.rules import may
from cases.records.handling import CODES
from sharing.agreements import actions
from sharing.agreements.forms import AgreementForm, ArticleFormSet, NumberedArticles, ReasonForm
from sharing.agreements.models import Agreement, Purpose
from sharing.agreements.rules import MOST_ARTICLES

HERE = {"here": "agreements"}


@require_safe
def agreements(request: OfficerRequest) -> HttpResponse:
    page = actions.list_agreements(officer=request.user, after=request.GET.get("after", ""))
    context = {"rows": page.rows, "cursor": page.cursor, "may_draft": may(request.user, Deed.AGREEMENTS_SIGN)}
    return render(request, "agreements/list.html", HERE | context)


@require_safe
def one(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
    opened = actions.open_agreement(officer=request.user, agreement_id=agreement_id)
    return render(request, "agreements/one.html", _shown(opened, ReasonForm()))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    """Draft an agreement; "More articles" gives the page back with more rows and all that was typed."""
    may(request.user, Deed.AGREEMENTS_SIGN).enforce()
    typed = request.POST.copy() if request.method == "POST" else None
    more = typed is not None and "more" in typed
    if typed is not None and more:
        typed["form-TOTAL_FORMS"] = str(min((rows_said(typed.get("form-TOTAL_FORMS", "")) or 0) + 2, MOST_ARTICLES))
    form, articles = AgreementForm(typed, officer=request.user), cast("NumberedArticles", ArticleFormSet(typed))
    if typed is None or more or not (form.is_valid() & articles.is_valid()):
        status = 200 if typed is None or more else 422
        return render(request, "agreements/new.html", HERE | {"form": form, "articles": articles}, status=status)
    agreement = actions.draft_agreement(officer=request.user, articles=articles.articles(), **form.facts())
    messages.success(request, _("Drafted. It comes into force when every party has signed it."))
    return redirect("agreements:one", agreement.pk)


@require_POST
def sign(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
    agreement = actions.sign_agreement(officer=request.user, agreement_id=agreement_id)
    in_force = agreement.status == Agreement.Status.IN_FORCE
    messages.success(request, _("Signed. The agreement is in force.") if in_force else _("Signed. The other parties have been told."))
    return redirect("agreements:one", agreement_id)


def _with_reason(deed: Callable[..., Agreement], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    """A deed on an agreement that takes a reason: the page again with what was typed if there is none."""

    @require_POST
    def door(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            opened = actions.open_agreement(officer=request.user, agreement_id=agreement_id)
            return render(request, "agreements/one.html", _shown(opened, form), status=422)
        deed(officer=request.user, agreement_id=agreement_id, **form.cleaned_data)
        messages.success(request, said())
        return redirect("agreements:one", agreement_id)

    return door


suspend = _with_reason(actions.suspend_agreement, lambda: _("Suspended. Nothing that was given under it can be seen until you resume it."))
resume = _with_reason(actions.resume_agreement, lambda: _("Resumed. What was given under it and has not ended can be seen again."))
end = _with_reason(actions.end_agreement, lambda: _("Ended. Nothing that was given under it can be seen any more."))


def _shown(opened: actions.Opened, form: ReasonForm) -> dict[str, Any]:
    agreement = opened.agreement
    codes = [CODES[scheme, code] for scheme, _colon, code in (each.partition(":") for each in agreement.handling_codes)]
    in_order = sorted(agreement.articles.all(), key=lambda each: (not each.number.isdigit(), each.number.zfill(12)))
    articles = [(each, [Purpose(purpose).label for purpose in each.purposes]) for each in in_order]
    return HERE | {"opened": opened, "agreement": agreement, "codes": codes, "articles": articles, "form": form}
