"""The pages of intelligence: lists, one item, and the form in which an item is recorded, corrected or torn off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.drafting import continued
from accounts.http import OfficerRequest, sent
from cases.intelligence import actions
from cases.intelligence.actions import OpenItem
from cases.intelligence.forms import (
    PREFIX,
    CorrectionForm,
    ItemForm,
    ItemsForm,
    NewItemForm,
    Paragraphs,
    ParagraphSet,
    SinceForm,
    TearLineForm,
    Torn,
    as_torn,
    as_typed,
    brought_over,
    complete,
    side_by_side,
    typed,
)
from cases.records.models import Rendition, marking_of
from cases.records.rules import can_record
from kernel.errors import NotFound

HERE: dict[str, Any] = {"here": "intelligence"}
Begun = tuple[dict[str, Any], Sequence[dict[str, Any]] | None]
"""What a form holds before anything is sent: the item's fields, and those of each paragraph."""


@require_safe
def items(request: OfficerRequest) -> HttpResponse:
    """All items one sees, or those of one case."""
    form = ItemsForm(request.GET, officer=request.user)
    casefile, after = form.chosen(), request.GET.get("after", "")
    if casefile:
        page = actions.list_items_of_case(officer=request.user, casefile_id=casefile.pk, after=after)[1]
    else:
        page = actions.list_items(officer=request.user, after=after)
    context = HERE | marking_of(row.rendition for row in page.rows) | {"page": page, "form": form, "chosen": casefile}
    return render(request, "intelligence/list.html", context)


@require_safe
def of_case(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = SinceForm(request.GET)
    since = form.cleaned_data["since"] if form.is_valid() else None
    asked: dict[str, Any] = {"casefile_id": casefile_id, "since": since, "after": request.GET.get("after", "")}
    casefile, page = actions.list_items_of_case(officer=request.user, **asked)
    context = {"casefile": casefile, "page": page, "since": since, "tab": "intelligence", "here": "cases"}
    context["record"] = f"{reverse('intelligence:new')}?casefile={casefile.pk}" if can_record(request.user, casefile) else ""
    return render(request, "intelligence/of_case.html", context | marking_of((row.rendition for row in page.rows), casefile))


@require_safe
def item(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    shown = actions.open_item(officer=request.user, rendition_id=rendition_id)
    return render(request, "intelligence/item.html", HERE | {"item": shown} | _marking(shown.rendition))


@require_safe
def compare(request: OfficerRequest, rendition_id: UUID, earlier_id: UUID) -> HttpResponse:
    """What changed from an older version to a newer one."""
    compared = actions.compare_versions(officer=request.user, rendition_id=rendition_id, earlier_id=earlier_id)
    shown = (compared.earlier, compared.later)
    return render(request, "intelligence/compare.html", HERE | {"compared": compared} | marking_of(shown))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    return _written(request, NewItemForm, actions.record_item, title=_("Record intelligence"), done=_("The item is recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    words = {"title": _("Correct this item"), "done": _("The new version stands. Whoever read the old one is told.")}
    return _written(request, CorrectionForm, actions.correct_item, old_id=rendition_id, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def tear_line(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    words = {
        "title": _("Make a tear-line"),
        "lead": _(
            "What stands on the left stays here. Only what you write on the right leaves, with its own title, grades and handling; "
            "whom and what it names is noted on it anew."
        ),
        "done": _("The tear-line is made. The original stays as it is."),
    }
    return _written(request, TearLineForm, actions.make_tear_line, old_id=rendition_id, **words)


def _written(
    request: OfficerRequest, form_class: type[ItemForm], deed: Callable[..., Rendition], *, title: Any, done: Any, lead: Any = "",
    old_id: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """What was sent, kept; or the form, grown or shrunk by a paragraph, where nothing typed is lost. The old version is read to show it."""
    grow = request.POST.get("grow", "")
    posted = None if grow else sent(request)
    if posted is not None:
        form, paragraphs = _forms(request, form_class, posted)
        if complete(form, paragraphs):
            beside = {"rendition_id": old_id} if old_id else {}
            rendition = deed(officer=request.user, paragraphs=paragraphs.facts(), **form.facts(), **beside)
            messages.success(request, done)
            return redirect("intelligence:item", rendition.pk)
    old = actions.open_item(officer=request.user, rendition_id=old_id) if old_id else None
    if posted is None:
        form, paragraphs = _forms(request, form_class, None, _begun(request, form_class, old, grow))
    context = HERE | {"form": form, "paragraphs": paragraphs, "title": title, "lead": lead}
    context |= {"old": old.rendition} | _marking(old.rendition) if old else {}
    page, part = "intelligence/form.html", "intelligence/_paragraphs.html"
    if old and form_class is TearLineForm:
        page, part = "intelligence/tear_line.html", "intelligence/_torn.html"
        context["rows"] = side_by_side(old.paragraphs, paragraphs)
    template = part if grow and request.headers.get("HX-Request") else page
    return render(request, template, context, status=200 if posted is None else 422)


def _begun(request: OfficerRequest, form_class: type[ItemForm], old: OpenItem | None, grow: str) -> Begun:
    if grow:
        rows = typed(request.POST, grow)
        return request.POST.dict(), brought_over(rows, grow, old.paragraphs if old else [])
    kept = continued(request)
    if kept is not None:
        _still_seen(form_class, request, kept)
        return kept.dict(), typed(kept, "")
    if old and form_class is TearLineForm:
        return as_typed(old.rendition, [])[0] | {"title": ""}, as_torn(old.paragraphs)  # a title tells as much as a text
    return as_typed(old.rendition, old.paragraphs) if old else ({"casefile": request.GET.get("casefile", "")}, [{}])


def _still_seen(form_class: type[ItemForm], request: OfficerRequest, kept: QueryDict) -> None:
    """A draft is of a case that its officer still works on: the one chosen in it, or that its page was opened for. Raises NotFound."""
    chosen = kept.get("casefile") or request.GET.get("casefile", "")
    if chosen and "casefile" in form_class({"casefile": chosen}, officer=request.user).errors:
        raise NotFound


def _forms(
    request: OfficerRequest, form_class: type[ItemForm], posted: QueryDict | None, begun: Begun = ({}, None)
) -> tuple[ItemForm, ParagraphSet]:
    """Bound to what was sent, or as they begin; never both: beside what was sent, what had been there would count as empty."""
    kind = Torn if form_class is TearLineForm else Paragraphs
    paragraphs = kind(posted, initial=begun[1], prefix=PREFIX, form_kwargs={"officer": request.user})
    return form_class(posted, initial=begun[0], officer=request.user), paragraphs


def _marking(rendition: Rendition) -> dict[str, object]:
    return {"marking": rendition.marking}
