"""How a page and its form speak of a draft: what is kept, for whom, and of which page (ADR 12).

A page that shows a form signs for whom, and only what was signed is kept.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from accounts import actions
from accounts.http import OfficerRequest
from accounts.models import Officer

NEVER_KEPT = ("password", "proof", "credential", "csrf", "content_hash")
"""Parts of the names of fields that are neither kept nor ever written back into a page."""
OF_A_DRAFT = ("draft", "draft_of", "draft_writer", "draft_version")
"""The fields by which a form says which draft it is; they are no part of it."""
NOT_OF_THE_FORM = ("draft", "after")
"""What a page may be asked beside its form, by the names in its address."""
MOST_ASKED = 500
"""Characters of an address after its question mark, as accounts.models.Draft holds them."""


class DraftForm(forms.Form):
    """Which draft a form is, as its page said it to this officer."""

    draft = forms.UUIDField()
    draft_writer = forms.UUIDField()
    draft_version = forms.IntegerField(min_value=0, max_value=2_147_483_647)
    draft_of = forms.CharField(max_length=4_000)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officer = officer

    def clean_draft_of(self) -> actions.Place:
        """Raises ValidationError for what was not signed here, or for somebody else."""
        try:
            whose, *place = json.loads(_signer().unsign(self.cleaned_data["draft_of"]))
        except (signing.BadSignature, ValueError) as broken:
            raise ValidationError("signature") from broken
        if whose != str(self._officer.pk):
            raise ValidationError("officer")
        return actions.Place(*place)

    @property
    def place(self) -> actions.Place:
        found: actions.Place = self.cleaned_data["draft_of"]
        return found

    @property
    def hand(self) -> actions.Hand:
        given = self.cleaned_data
        return actions.Hand(given["draft"], given["draft_writer"], given["draft_version"])


def signed(officer: Officer, place: actions.Place) -> str:
    """The place of a form, for its page to send back."""
    return _signer().sign(json.dumps([str(officer.pk), place.form, place.path, place.query, place.basis]))


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed into a form, for keeping: no files, no passwords or proofs, no tokens."""
    kept = {name: request.POST.getlist(name) for name in request.POST if name not in OF_A_DRAFT}
    return {name: values for name, values in kept.items() if not any(part in name.lower() for part in NEVER_KEPT)}


def asked_of(request: HttpRequest) -> str:
    """What the address asks for that belongs to the form, such as for whom; nothing where that is longer than any link of ours."""
    asked = request.GET.copy()
    for name in NOT_OF_THE_FORM:
        asked.pop(name, None)
    query = asked.urlencode()
    return query if len(query) <= MOST_ASKED else ""


def continued(request: OfficerRequest) -> QueryDict | None:
    """What is in the draft that this page is asked to go on with; None if it is asked for none, or has none by that key."""
    try:
        key = UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    found = actions.typed_in(request.user, key, request.path, asked_of(request)) if request.method in {"GET", "HEAD"} else None
    if found is None:
        return None
    given = QueryDict(mutable=True)
    for name, values in found.items():
        given.setlist(name, list(values))
    return given


def _signer() -> signing.Signer:
    return signing.Signer(salt="meridian drafts")
