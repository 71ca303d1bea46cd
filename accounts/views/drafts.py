"""What is typed and not sent yet: kept as a page asks it to be, and thrown away. It is read on its form's own page alone."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from redis import RedisError
from rest_framework.throttling import UserRateThrottle

from accounts import actions
from accounts.drafting import DraftForm, typed
from accounts.http import OfficerRequest
from accounts.rules import DRAFTS_TOO_OFTEN
from accounts.views.settings import back_to
from kernel.errors import Invalid, Unavailable


class Pace(UserRateThrottle):
    """How often one officer's pages may keep something, over all their windows."""

    scope = "drafts"


@require_POST
def keep_draft(request: OfficerRequest) -> HttpResponse:
    """A script asks for a fragment and stays where it is; the button leads back to the form, with all that was typed."""
    form = DraftForm(request.POST, officer=request.user)
    if not form.is_valid():
        raise Invalid
    _keep_pace(request)
    kept = actions.keep_draft(officer=request.user, hand=form.hand, place=form.place, typed=typed(request))
    if request.headers.get("HX-Request"):
        return render(request, "components/_kept.html", {"kept": kept})
    messages.success(request, _("It is kept as a draft. Nothing was sent."))
    return redirect(kept.draft.address)


@require_POST
def throw_draft_away(request: OfficerRequest, draft_id: Any) -> HttpResponse:
    actions.throw_draft_away(officer=request.user, key=draft_id)
    messages.success(request, _("The draft is thrown away."))
    return redirect(back_to(request, "drafts"))


def _keep_pace(request: OfficerRequest) -> None:
    """Raises Unavailable for who keeps more often than anybody types. Without the counter nobody is held up."""
    with suppress(RedisError):
        if not Pace().allow_request(cast("Any", request), cast("Any", None)):
            raise Unavailable(DRAFTS_TOO_OFTEN)
