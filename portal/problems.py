"""Where a refusal becomes a response: a page, a fragment if htmx asked, or problem+json (RFC 9457). Once, for every door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from audit import ledger
from audit.events import Event
from kernel.errors import (
    BROKEN_INPUT,
    NO_SUCH_THING,
    OUT_OF_ORDER,
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    NotFound,
    Sentence,
    Unavailable,
    sentence,
)

JSON = "application/problem+json"
NOT_SIGNED_IN = sentence("not-signed-in", _("Sign in first. What you typed is still here; send it again afterwards."))
NO_DOOR = sentence("not-allowed-here", _("This cannot be done here in this way."))
TOO_LARGE = sentence("too-large", _("What was sent is larger than this page takes."))
TOO_MANY = sentence("too-many", _("Too many requests. Wait a minute."))
LOCKED_OUT = sentence("locked-out", _("Too many attempts to sign in. Wait a quarter of an hour, or ask your agency's administrator."))
FORM_EXPIRED = sentence(
    "form-expired", _("This page was open too long or in another window. Go back, reload and send it again; nothing was changed.")
)
WRONG_TYPE = sentence("wrong-type", _("Send JSON with the content type application/json."))
BROKEN = sentence("broken", _("Something broke here. Nothing was half-written. The operator finds it by the number below."))

TITLES = {
    400: _("That request cannot be read"),
    401: _("Sign in to go on"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible here"),
    409: _("It has changed meanwhile"),
    413: _("Too large"),
    415: _("Wrong content type"),
    422: _("Please check what you typed"),
    429: _("Too fast"),
    500: _("Something broke"),
    503: _("Not available right now"),
}


NOT_CONFIRMED = _("Not confirmed")


def describe(request: HttpRequest, status: int, said: Sentence, /, **params: Any) -> dict[str, Any]:
    """The one shape every refusal has, for people and for machines."""
    return {
        "type": f"/problems/{said.code}",
        "title": str(NOT_CONFIRMED if said.code.startswith("accounts.proof-") else TITLES.get(status, HTTPStatus(status).phrase)),
        "status": status,
        "detail": said.render(params),
        "request_id": request.META.get("MERIDIAN_REQUEST_ID", ""),
    }


def _of(request: HttpRequest, error: DomainError) -> dict[str, Any]:
    problem = describe(request, error.status, error.said, **error.params)
    if isinstance(error, Invalid) and error.fields:
        problem["errors"] = {name: said.render(error.params) for name, said in error.fields.items()}
    return problem


def answer(request: HttpRequest, problem: dict[str, Any]) -> HttpResponse:
    """The problem as this client reads: problem+json under /api/, a fragment for htmx, else a page."""
    status = problem["status"]
    if request.path.startswith("/api/"):
        return JsonResponse(problem, status=status, content_type=JSON)
    fragment = bool(request.headers.get("HX-Request"))
    context: dict[str, Any] = {"problem": problem}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # a page of nothing but this: what is round it may be what broke
        context |= {"frame": None, "messages": ()}
    response = render(request, "_problem.html" if fragment else "problem.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    response.headers["Cache-Control"] = "no-store"
    return response


class SignInFirst(LoginRequiredMiddleware):
    """Middleware: a page asked for leads to sign-in and back; what was typed or asked by htmx is answered where it stands, and kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
            return super().handle_no_permission(request, view_func)
        return answer(request, describe(request, 401, NOT_SIGNED_IN))


class ProblemPages:
    """Middleware: doors let errors fly. Refusals go to the ledger in a transaction of their own, after the rollback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.get_full_path() or "%00" in request.get_full_path():
            return answer(request, describe(request, 400, BROKEN_INPUT))
        response = self.get_response(request)
        if not response.streaming and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        known = translate(error)
        if known is None:
            return None
        remember(request, known)
        return answer(request, _of(request, known))


def translate(error: Exception) -> DomainError | None:
    """Errors of the framework and the database, in the house's own words; None for a bug, which stays a 500."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, PermissionDenied):
        return NotAllowed(NO_DOOR)
    if isinstance(error, (RequestDataTooBig, TooManyFieldsSent)):
        return Invalid(TOO_LARGE)
    if isinstance(error, OperationalError):
        return Unavailable(OUT_OF_ORDER)
    return None


def remember(request: HttpRequest, error: DomainError) -> None:
    """Write the refusal down. What could not be found is written too: a prober leaves tracks."""
    if isinstance(error, (NotAllowed, NotFound, Conflict)) and request.user.is_authenticated:
        where = {"method": request.method, "path": request.path[:500]}
        ledger.record_refusal(Event.REQUEST_REFUSED, actor=request.user, decision=error.code, params=error.params, **where)


def api_exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's errors and ours as problem+json; wrong tokens, types and bodies included."""
    request: HttpRequest = context["request"]._request  # noqa: SLF001  DRF wraps the request it was given
    known = translate(error)
    if known is not None:
        remember(context["request"], known)
        return Response(_of(request, known), status=known.status, content_type=JSON)
    response = exception_handler(error, context)
    if response is None:
        return None
    spoken = {401: NOT_SIGNED_IN, 403: NO_DOOR, 404: NO_SUCH_THING, 405: NO_DOOR, 415: WRONG_TYPE, 429: TOO_MANY}
    problem = describe(request, response.status_code, spoken.get(response.status_code, BROKEN_INPUT))
    if isinstance(error, exceptions.ValidationError):
        problem |= describe(request, 422, BROKEN_INPUT) | {"errors": error.get_full_details()}
    headers = {name: response.headers[name] for name in ("WWW-Authenticate", "Retry-After", "Allow") if name in response.headers}
    return Response(problem, status=problem["status"], headers=headers, content_type=JSON)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    said = TOO_LARGE if large else BROKEN_INPUT
    return answer(request, describe(request, 413 if large else 400, said))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, describe(request, 403, NO_DOOR))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, describe(request, 404, NO_SUCH_THING))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, describe(request, 403, FORM_EXPIRED))


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None) -> HttpResponse:
    return answer(request, describe(request, 429, LOCKED_OUT))


def broken(request: HttpRequest) -> HttpResponse:
    """Called by Django while it handles the error. The database may be away before any view is reached: who asks is read from it."""
    away = isinstance(sys.exception(), OperationalError)
    return answer(request, describe(request, 503, OUT_OF_ORDER) if away else describe(request, 500, BROKEN))
