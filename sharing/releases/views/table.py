from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import proofs
from accounts.http import OfficerRequest, sent
from accounts.models import Proof
from accounts.roles import Deed
from cases.records.handling import Atom
from sharing.agreements import steps
from sharing.agreements.steps import Row
from sharing.releases import actions
from sharing.releases import rules as releases
from sharing.releases.actions import Table
from sharing.releases.forms import ReasonForm, RuleForm
from sharing.releases.models import ApprovalRule

HERE = {"here": "approvals"}


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: OfficerRequest) -> HttpResponse:
    """Who must approve what in one's agency, and why; with a form for those who decide on it."""
    table = actions.list_approval_rules(officer=request.user)
    form = RuleForm(sent(request), countries=table.countries)
    if request.method == "POST":
        table.may_change.enforce()
        if form.is_valid():
            actions.add_approval_rule(officer=request.user, rule=form.rule(), proof=_proof(request))
            messages.success(request, _("Added. It counts for what waits and for what is asked for from now on."))
            return redirect("releases:steps")
    context = HERE | {"table": table, "form": form, "rows": _rows(table, table.standing), "ended": _rows(table, table.ended)}
    context["usual"] = [in_words(row, _names(table)) for row in table.usual]
    return render(request, "releases/steps.html", context | _asked(request, table), status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficerRequest, rule_id: UUID) -> HttpResponse:
    """End one row, with a reason."""
    rule = actions.open_approval_rule(officer=request.user, rule_id=rule_id)
    table = actions.list_approval_rules(officer=request.user)
    form = ReasonForm(sent(request))
    if form.is_valid():
        actions.end_approval_rule(officer=request.user, rule_id=rule_id, reason=form.cleaned_data["reason"], proof=_proof(request))
        messages.success(request, _("Ended. What was asked for under it still needs what it asked for."))
        return redirect("releases:steps")
    context = HERE | {"table": table, "form": form, "rule": rule, "row": in_words(rule.row, _names(table))}
    return render(request, "releases/end_step.html", context | _asked(request, table), status=422 if form.is_bound else 200)


def in_words(row: Row, countries: dict[str, str]) -> dict[str, str]:
    """One row in words: where it speaks, of what, and whom it asks. `countries` are names by code."""
    names = {"": _("Anywhere"), steps.ABROAD: _("Abroad"), steps.HOME: _("At home")} | countries
    what = [
        *([_("with the restriction “%(atom)s”") % {"atom": Atom(row.atom).label}] if row.atom else []),
        *([_("personal data")] if row.personal else []),
        *([_("says how it came to be known")] if row.from_source else []),
    ]
    return {"where": names.get(row.country, row.country), "what": "; ".join(what) or _("Everything"), "who": asked_for(row)}


def asked_for(row: Row) -> str:
    """Two supervisors and a legal review."""
    people = {0: _("no supervisor"), 1: _("one supervisor"), 2: _("two supervisors")}[row.supervisors]
    return _("%(people)s, and a legal review") % {"people": people} if row.legal else people


def _names(table: Table) -> dict[str, str]:
    return {each.code: each.name for each in table.countries}


def _rows(table: Table, rules: Any) -> list[tuple[ApprovalRule, dict[str, str]]]:
    return [(rule, in_words(rule.row, _names(table))) for rule in rules]


def _asked(request: OfficerRequest, table: Table) -> dict[str, Any]:
    """How whoever may change the table confirms it."""
    if not table.may_change:
        return {}
    asked = proofs.begin(request.user, Deed.RELEASES_APPROVE, request.user.agency_id, table.content_hash)
    return {"proof_methods": asked.methods, "passkey_options": asked.passkey_options}


def _proof(request: OfficerRequest) -> Proof:
    releases.can_change_rules(request.user).enforce()
    seen = request.POST.get("content_hash", "")
    return proofs.check(request.user, Deed.RELEASES_APPROVE, request.user.agency_id, seen, request.POST)
