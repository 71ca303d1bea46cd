from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proofs
from accounts.http import OfficerRequest, rows_said
from accounts.roles import Deed
from accounts.rules import may
from sharing.agreements import actions
from sharing.agreements.forms import (
    AgreementForm,
    AmendmentForm,
    ArticleFormSet,
    ContactFormSet,
    LevelFormSet,
    NumberedArticles,
    ReasonForm,
    Rows,
    contact_rows,
    level_rows,
    moment,
)
from sharing.agreements.models import Agreement, Purpose
from sharing.agreements.rules import MOST_ARTICLES, MOST_ROWS
from sharing.agreements.showing import shown
from sharing.agreements.terms import NAMES, Terms

HERE = {"here": "agreements"}


@require_safe
def agreements(request: OfficerRequest) -> HttpResponse:
    page = actions.list_agreements(officer=request.user, after=request.GET.get("after", ""))
    context = {"rows": page.rows, "cursor": page.cursor, "may_draft": may(request.user, Deed.AGREEMENTS_SIGN)}
    return render(request, "agreements/list.html", HERE | context)


@require_safe
def one(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
    return _page(request, agreement_id, ReasonForm())


@require_safe
def version(request: OfficerRequest, version_id: UUID) -> HttpResponse:
    """Any version as it was signed, with what it changed and which one stands now."""
    opened = actions.open_version(officer=request.user, version_id=version_id)
    context = {"opened": opened, "agreement": opened.agreement, "version": opened.version, "terms": shown(opened.version, opened.parties)}
    return render(request, "agreements/version.html", HERE | context | {"changes": [NAMES[name] for name in opened.changes]})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    """Draft an agreement; "More rows" gives the page back with more rows and all that was typed."""
    may(request.user, Deed.AGREEMENTS_SIGN).enforce()
    typed, more = _typed(request)
    form = AgreementForm(typed, officer=request.user)
    articles = cast("NumberedArticles", ArticleFormSet(typed))
    contacts, levels = _rows(typed)
    parts = {"form": form, "articles": articles, "contacts": contacts, "levels": levels}
    if typed is None or more or not _valid(parts):
        return render(request, "agreements/new.html", HERE | parts, status=200 if typed is None or more else 422)
    facts = form.facts()
    terms = form.terms(own=request.user.agency, parties=facts["parties"], contacts=contacts.rows(), levels=levels.rows())
    agreement = actions.draft_agreement(officer=request.user, articles=articles.articles(), terms=terms, **facts)
    messages.success(request, _("Drafted. It comes into force when every party has signed it."))
    return redirect("agreements:one", agreement.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
    """Draft other terms for an agreement that stands, beginning with those it has."""
    may(request.user, Deed.AGREEMENTS_SIGN).enforce()
    opened = actions.open_agreement(officer=request.user, agreement_id=agreement_id)
    typed, more = _typed(request)
    now = opened.version.read if opened.version else Terms()
    parties = [party.agency for party in opened.agreement.parties.all()]
    form = AmendmentForm(typed, parties=parties, said=now)
    contacts, levels = _rows(typed, now)
    parts = {"form": form, "contacts": contacts, "levels": levels}
    if typed is None or more or not _valid(parts):
        context = HERE | parts | {"agreement": opened.agreement}
        return render(request, "agreements/amend.html", context, status=200 if typed is None or more else 422)
    terms = form.terms(own=request.user.agency, parties=[each.pk for each in parties], contacts=contacts.rows(), levels=levels.rows())
    facts = form.cleaned_data
    actions.draft_amendment(
        officer=request.user, agreement_id=agreement_id, terms=terms,
        changed=facts["changed"], reason=facts["reason"],
        starts_at=moment(facts["starts_on"], request.user) if facts["starts_on"] else None,
    )  # fmt: skip
    messages.success(request, _("Drafted. The former terms stand until every party has signed these."))
    return redirect("agreements:one", agreement_id)


@require_POST
def sign(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
    """With fresh proof of presence, under the hash that the page showed."""
    seen = request.POST.get("content_hash", "")
    actions.open_agreement(officer=request.user, agreement_id=agreement_id)
    proof = proofs.check(request.user, Deed.AGREEMENTS_SIGN, agreement_id, seen, request.POST)
    agreement = actions.sign_agreement(officer=request.user, agreement_id=agreement_id, proof=proof)
    in_force = agreement.status == Agreement.Status.IN_FORCE
    messages.success(request, _("Signed. The agreement is in force.") if in_force else _("Signed. The other parties have been told."))
    return redirect("agreements:one", agreement_id)


def _typed(request: OfficerRequest) -> tuple[QueryDict | None, bool]:
    """What was posted, with two more rows of what was asked for, and whether more rows were all that was asked."""
    if request.method != "POST":
        return None, False
    typed = request.POST.copy()
    more = typed.get("more", "")
    for prefix, most in (("form", MOST_ARTICLES), ("contact", MOST_ROWS), ("level", MOST_ROWS)):
        said = rows_said(typed.get(f"{prefix}-TOTAL_FORMS", "")) or 0
        if more == ("1" if prefix == "form" else prefix):
            typed[f"{prefix}-TOTAL_FORMS"] = str(min(said + 2, most))
        if prefix != "form":  # a machine's form may leave them out
            typed.setdefault(f"{prefix}-TOTAL_FORMS", "0")
            typed.setdefault(f"{prefix}-INITIAL_FORMS", "0")
    return typed, bool(more)


def _valid(parts: dict[str, Any]) -> bool:
    """Every part is asked, so that each says what is wrong with it."""
    return False not in [part.is_valid() for part in parts.values()]


def _rows(typed: QueryDict | None, now: Terms | None = None) -> tuple[Rows, Rows]:
    contacts = ContactFormSet(typed, prefix="contact", initial=contact_rows(now) if now else None)
    levels = LevelFormSet(typed, prefix="level", initial=level_rows(now) if now else None)
    return cast("Rows", contacts), cast("Rows", levels)


def _with_reason(deed: Callable[..., Agreement], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    """A deed on an agreement that takes a reason: the page again with what was typed if there is none."""

    @require_POST
    def door(request: OfficerRequest, agreement_id: UUID) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, agreement_id, form)
        deed(officer=request.user, agreement_id=agreement_id, **form.cleaned_data)
        messages.success(request, said())
        return redirect("agreements:one", agreement_id)

    return door


suspend = _with_reason(actions.suspend_agreement, lambda: _("Suspended. Nothing that was given under it can be seen until you resume it."))
resume = _with_reason(actions.resume_agreement, lambda: _("Resumed. What was given under it and has not ended can be seen again."))
end = _with_reason(actions.end_agreement, lambda: _("Ended. Nothing that was given under it can be seen any more."))


drop_amendment = _with_reason(actions.drop_amendment, lambda: _("Dropped. The terms stay as they were."))


def _page(request: OfficerRequest, agreement_id: UUID, form: ReasonForm) -> HttpResponse:
    opened = actions.open_agreement(officer=request.user, agreement_id=agreement_id)
    context = _shown(opened, form)
    if "sign" in opened.deeds and opened.waiting:
        asked = proofs.begin(request.user, Deed.AGREEMENTS_SIGN, agreement_id, opened.waiting.content_hash)
        context |= {"proof_methods": asked.methods, "passkey_options": asked.passkey_options}
    return render(request, "agreements/one.html", context, status=422 if form.is_bound else 200)


def _shown(opened: actions.Opened, form: ReasonForm) -> dict[str, Any]:
    agreement = opened.agreement
    parties = [party.agency for party in agreement.parties.all()]
    in_order = sorted(agreement.articles.all(), key=lambda each: (not each.number.isdigit(), each.number.zfill(12)))
    articles = [(each, [Purpose(purpose).label for purpose in each.purposes]) for each in in_order]
    return HERE | {"opened": opened, "agreement": agreement, "articles": articles, "form": form, "terms": shown(opened.version, parties)}
