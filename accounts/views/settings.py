"""How one signs in, one's tokens, and how pages look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.forms import DisplayForm, TokenForm
from accounts.http import OfficerRequest, set_language

SHOWN = {
    "password": gettext_lazy("A password"),
    "totp": gettext_lazy("A code from the app"),
    "recovery_codes": gettext_lazy("A recovery code"),
    "webauthn": gettext_lazy("A passkey"),
}


@require_safe
def security(request: OfficerRequest) -> HttpResponse:
    return _page(request)


@require_POST
@never_cache
@reauthentication_required(app="accounts")  # type: ignore[untyped-decorator]
def make_token(request: OfficerRequest) -> HttpResponse:
    """The one page that shows a token's text: it is rendered at once, and lies in no session and no redirect."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, token_form=form)
    token, text = actions.make_token(officer=request.user, **form.cleaned_data)
    return _page(request, made=token, text=text)


@require_POST
def end_token(request: OfficerRequest, token_id: UUID) -> HttpResponse:
    actions.end_token(officer=request.user, token_id=token_id)
    messages.success(request, _("The token is ended."))
    return redirect("accounts:security")


@require_POST
def display(request: OfficerRequest) -> HttpResponse:
    form = DisplayForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, display_form=form)
    actions.save_display(officer=request.user, **form.choices())
    response = redirect(back_to(request, "accounts:security"))
    set_language(response, request.user.language)
    return response


@require_POST
def notice_done(request: OfficerRequest, notice_id: UUID) -> HttpResponse:
    actions.put_notice_aside(officer=request.user, notice_id=notice_id)
    return redirect(back_to(request, "/"))


def _page(request: OfficerRequest, status: int = 200, **more: Any) -> HttpResponse:
    officer = request.user
    held: dict[str, Any] = {}
    for row in Authenticator.objects.filter(user=officer):
        if row.type == Authenticator.Type.WEBAUTHN:
            held.setdefault(row.type, []).append(row.wrap())
        else:
            held[row.type] = row.wrap()
    context = {
        "here": "settings",
        "authenticators": held,
        "is_mfa_enabled": bool(held),
        "shown": {SHOWN.get(record.get("type") or record["method"], "") for record in get_authentication_records(request, officer)},
        "tokens": officer.tokens.filter(ended_at=None, expires_at__gt=Now()).order_by("-created_at"),
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "token_form": TokenForm(),
        "display_form": DisplayForm.of(officer),
    }
    return render(request, "accounts/security.html", context | more, status=status)


def back_to(request: OfficerRequest, otherwise: str) -> str:
    """Where the form came from, if that is a page of this portal."""
    given = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return given if ours and given.startswith("/") else resolve_url(otherwise)
