"""What was sent is no draft any more: gone by the door's own answer, once, for every form."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from accounts import actions
from accounts.drafting import DraftForm
from accounts.models import Officer

OF_DRAFTS = frozenset({"accounts:keep-draft", "accounts:throw-draft-away"})


class SentDrafts:
    """Middleware: a deed that was done answers with the way to what it made. Whatever else is answered, the draft stays.

    The deed is committed by then. If all breaks between the two, its draft is offered once more: too many, rather than one too few.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        officer, route = request.user, request.resolver_match
        done = request.method == "POST" and response.status_code == HTTPStatus.FOUND and route and route.view_name not in OF_DRAFTS
        if done and "draft" in request.POST and isinstance(officer, Officer):
            form = DraftForm(request.POST, officer=officer)
            if form.is_valid():
                actions.let_go_of_sent(officer=officer, hand=form.hand)
        return response
