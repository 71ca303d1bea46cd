"""A form that keeps what is typed into it. Two tags: before the form what was begun in it, inside it that it is kept.

    {% begun "note" form %}
    <form method="post" data-draft>{% csrf_token %}{{ form }}<div class="row"><button>…</button>{% keeps %}</div></form>

The text of a draft is read here, on the form's own page, after its door has asked whether this officer may open it, and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.template.context import Context

from accounts import actions
from accounts.drafting import DraftForm, asked_of, continued, signed
from accounts.http import OfficerRequest, rows_said
from accounts.models import Draft

register = template.Library()


@register.inclusion_tag("components/_begun.html", takes_context=True)
def begun(context: Context, name: str, form: BaseForm, *rows: BaseFormSet[Any], basis: object = None) -> dict[str, Any]:
    """What this officer began in this form, to go on with or throw away; or it is put back into the form, if that was asked.

    `rows` are sets of forms within the form that nothing was read from yet. `basis` stands for what the form shows, where the page
    itself has put the draft back.
    """
    request: OfficerRequest = context["request"]
    said = DraftForm(request.POST, officer=request.user) if request.method == "POST" else None
    if said and said.is_valid() and said.place.form == name:
        context["keeping"] = {"hand": said.hand, "place": request.POST["draft_of"], "typed": True}
        return {"offered": [], "going_on": None}
    place = actions.Place(name, request.path, asked_of(request), _basis(form) if basis is None else _hash(basis))
    drafts = [] if said else [draft for draft in actions.drafts_of(request.user, request.path) if draft.form == name]
    going_on = next((draft for draft in drafts if str(draft.key) == request.GET.get("draft")), None)
    kept = continued(request) if going_on else None
    if kept is not None:
        _put_back(form, rows, kept)
    version, key = (going_on.version, going_on.key) if going_on else (0, uuid4())
    context["keeping"] = (
        None if said else {"hand": actions.Hand(key, uuid4(), version), "place": signed(request.user, place), "typed": False}
    )
    shown = {
        "offered": [(draft, _changed(draft, place)) for draft in drafts if draft != going_on],
        "going_on": going_on and (going_on, _changed(going_on, place)),
    }
    return shown | {"request": request, "csrf_token": context.get("csrf_token"), "here": place.path + "?" * bool(place.query) + place.query}


@register.inclusion_tag("components/_keeps.html", takes_context=True)
def keeps(context: Context) -> dict[str, Any]:
    """Inside the form, after its own buttons: by what its draft is known, the button for who has no scripts, and how it stands."""
    return {"keeping": context.get("keeping")}


def _changed(draft: Draft, place: actions.Place) -> bool:
    """Whether what the form stands on is no longer what it was when the draft was begun."""
    return draft.query == place.query and draft.basis != place.basis


def _basis(form: BaseForm) -> str:
    shown = {name: sorted(map(str, value)) if isinstance(value, (list, tuple, set)) else value for name, value in form.initial.items()}
    return _hash(shown) if any(shown.values()) else ""


def _hash(held: object) -> str:
    return hashlib.sha256(json.dumps(held, default=str, sort_keys=True).encode()).hexdigest()


def _put_back(form: BaseForm, sets: Iterable[BaseFormSet[Any]], kept: QueryDict) -> None:
    """As if it had been shown so from the beginning: unchecked, and escaped as all that a form shows."""
    each = [form]
    for rows in sets:
        count = min(rows_said(kept.get(f"{rows.prefix}-TOTAL_FORMS", "")) or 0, rows.absolute_max)
        rows.extra = max(count - rows.initial_form_count(), 0)
        each += rows.forms
    for one in each:
        for name, field in one.fields.items():
            if not field.widget.is_hidden:
                one.initial[name] = field.widget.value_from_datadict(kept, {}, one.add_prefix(name))
