"""Lengths of time in words, and moments in the reader's zone beside the place's."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.consignments import elapsed
from portal.templatetags.ui import when

register = template.Library()
register.filter("words", elapsed.words)
register.filter("lateness", elapsed.lateness)


@register.filter
def is_late(late: dt.timedelta | None) -> bool:
    return late is not None and late >= dt.timedelta(minutes=1)


@register.simple_tag(takes_context=True)
def there(context: Context, moment: dt.datetime | None, zone: str) -> SafeString:
    """A moment by the reader's clock, and by the clocks of the place where those show another time."""
    mine = when(context, moment)
    if moment is None:
        return mine
    local = moment.astimezone(ZoneInfo(zone))
    reader = getattr(getattr(context.get("request"), "user", None), "time_zone", "") or "UTC"
    if local.utcoffset() == moment.astimezone(ZoneInfo(reader)).utcoffset():
        return mine
    said = _("%(time)s there") % {"time": dateformat.format(local, "j M, H:i")}
    return format_html('{}<br><span class="small t-3">{}</span>', mine, said)
