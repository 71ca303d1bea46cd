"""The components of the pages as template tags. They show what they are given and decide nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import template
from django.core.exceptions import SuspiciousOperation
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.template.context import Context
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.drafting import NEVER_KEPT

register = template.Library()

NOTE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from the sprite, silent for screen readers: the words beside it carry the meaning."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" i-{size}" if size else "",
        static("vendor/lucide/icons.svg"),
        name,
    )


@register.simple_tag
def chip(text: object, tone: str = "") -> SafeString:
    """A status in words; the tone (ok, warn, bad, info, plum) only supports them."""
    return format_html('<span class="chip{}">{}</span>', f" {tone}" if tone else "", text)


@register.filter
def tone(message: Any) -> str:
    """How a note after a redirect looks: the levels of django.contrib.messages in the page's own tones."""
    return {"success": "ok", "info": "info", "warning": "warn", "error": "bad"}.get(message.level_tag, "")


@register.inclusion_tag("components/note.html")
def note(text: object, tone: str = "") -> dict[str, object]:
    """One sentence that matters here; tones ok, warn, bad, info."""
    return {"text": text, "tone": tone, "icon": NOTE_ICONS.get(tone, "info")}


@register.simple_tag
def tab(href: str, label: object, current: object = None, count: object = None) -> SafeString:
    """A link to a section of the same thing; nothing where the address does not exist."""
    if not href:
        return SafeString("")
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        href,
        SafeString(' aria-current="page"' if current else ""),
        label,
        format_html(' <span class="count">{}</span>', count) if count is not None else "",
    )


@register.inclusion_tag("components/agency.html", takes_context=True)
def agency(context: Context, agency: Any, size: str = "", note: object = "") -> dict[str, object]:
    """Seal and name; `size` s (short, for tables) or l; the reader's own agency stands out."""
    reader = _reader(context)
    return {"agency": agency, "size": size, "note": note, "own": agency.pk == getattr(reader, "agency_id", None)}


@register.inclusion_tag("components/grade.html")
def grade(paragraph: Any, words: str = "") -> dict[str, object]:
    """The evaluation of source and information: two boxes, and their meaning in words (said aloud only, or shown)."""
    return {
        "source": paragraph.source_code,
        "information": paragraph.information_code,
        "scheme": paragraph.get_scheme_display(),
        "meaning": paragraph.grade_words,
        "shown": words == "words",
    }


@register.inclusion_tag("components/handling.html")
def handling(rendition: Any) -> dict[str, object]:
    """What may be done with it, in words first; the code beside it."""
    return {"wording": rendition.handling_wording, "code": rendition.handling_code, "level": rendition.handling_level}


@register.inclusion_tag("components/flow.html", takes_context=True)
def flow(context: Context, giver: Any, taker: Any, what: object = "", under: object = "") -> dict[str, object]:
    """Who gives what to whom, under which agreement."""
    return {"request": context.get("request"), "giver": giver, "taker": taker, "what": what, "under": under}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any], shape: str = "") -> dict[str, object]:
    """Where something stands; each item has title, text and state (done, now or empty)."""
    return {"items": items, "row": shape == "row"}


@register.inclusion_tag("components/empty.html")
def nothing(icon: str, sentence: object, href: str = "", action: object = "") -> dict[str, object]:
    """Nothing here: one sentence, and the one thing to do about it."""
    return {"icon": icon, "sentence": sentence, "href": href, "action": action}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, cursor: object) -> dict[str, object]:
    """Onward by keyset (`?after=`), the filters kept."""
    asked = context["request"].GET.copy()
    behind = bool(asked.pop("after", None))
    first = asked.urlencode()
    asked["after"] = str(cursor or "")
    return {"first": first if behind else None, "next": asked.urlencode() if cursor else ""}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changed: object) -> str:
    """The filters of this page, some of them changed, from the first page on."""
    asked = context["request"].GET.copy()
    for name in ("after", "part"):
        asked.pop(name, None)
    for name, value in changed.items():
        asked[name] = str(value or "")
    return str(asked.urlencode())


@register.simple_tag
def short_id(value: UUID | str) -> SafeString:
    """The two ends of an identifier, the whole of it on demand."""
    text = str(value)
    return format_html('<span class="id mono" title="{}">{}…{}</span>', text, text[:4], text[-2:])


@register.simple_tag(takes_context=True)
def when(context: Context, moment: dt.date | None, form: str = "") -> SafeString:
    """A moment in the reader's zone with its offset (`form` "day": the day alone); a plain date stands as it is."""
    if moment is None:
        return SafeString("<span>—</span>")
    if not isinstance(moment, dt.datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), dateformat.format(moment, "j M Y"))
    local = moment.astimezone(_zone(context))
    text = dateformat.format(local, "j M Y")
    if form != "day":
        text = f"{text}, {dateformat.format(local, 'H:i')} (UTC{_offset(local)})"
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), text)


@register.simple_tag(takes_context=True)
def due(context: Context, moment: dt.datetime | None) -> SafeString:
    """A deadline: the moment first, what remains of it second."""
    if moment is None:
        return SafeString("")
    left, now = moment - timezone.now(), timezone.now()
    if left < dt.timedelta(0):
        tone, rest = "late", _("%(time)s late") % {"time": timesince(moment, now, depth=1)}
    else:
        tone = "soon" if left < dt.timedelta(days=2) else "t-3"
        rest = _("%(time)s left") % {"time": timesince(now, moment, depth=1)}
    return format_html('<div class="when"><b>{}</b><span class="{}">{}</span></div>', when(context, moment), tone, rest)


@register.simple_tag(takes_context=True)
def came_from(context: Context) -> str:
    """The page of this site that led here, empty if there was none."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return ""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else ""


@register.filter
def says_optional(field: BoundField) -> bool:
    """Whether to write "optional": only in a form that also has fields that are not, and not where one chooses from what is shown.

    Nor at the fields a form names in ONE_OF, of which one has to be filled in.
    """
    if field.field.required or field.use_fieldset or field.name in getattr(field.form, "ONE_OF", ()):
        return False
    return any(each.required for each in field.form.fields.values())


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """Everything that is wrong with a form, each with a link to its field. `{{ form }}` begins with it by itself."""
    fields = [field for field in form if field.errors and not field.is_hidden]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return {"fields": fields, "loose": [*form.non_field_errors(), *hidden], "shown": form.is_bound and bool(form.errors)}


@register.inclusion_tag("components/kept.html", takes_context=True)
def kept(context: Context, *, resend: bool = False) -> dict[str, object]:
    """What was typed into the form that met a problem, so that nothing is lost; `resend` offers to send it again.

    Only what this site's own page sent is written back, and never a password or a proof.
    """
    request = context.get("request")
    typed = _typed(request) if isinstance(request, HttpRequest) and _sent_from_here(request) else []
    return {"request": request, "typed": typed, "resend": resend, "csrf_token": context.get("csrf_token")}


def _typed(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Label, name and value of every field that was sent."""
    try:
        sent: Mapping[str, list[str]] = dict(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []
    return [
        (name.replace("_", " ").capitalize(), name, value)
        for name, values in sent.items()
        if not any(part in name.lower() for part in NEVER_KEPT)
        for value in values
        if value
    ]


def _sent_from_here(request: HttpRequest) -> bool:
    if request.method != "POST":
        return False
    home = f"{request.scheme}://{request.get_host()}"
    return getattr(request, "csrf_processing_done", False) or request.headers.get("Origin") == home


def _reader(context: Context) -> Any:
    return getattr(context.get("request"), "user", None)


def _zone(context: Context) -> dt.tzinfo:
    name = getattr(_reader(context), "time_zone", "")
    return ZoneInfo(name) if name else timezone.get_current_timezone()


def _offset(moment: dt.datetime) -> str:
    """±hh:mm with a true minus sign."""
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}".replace("-", "\N{MINUS SIGN}")
