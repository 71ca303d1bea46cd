"""When something is said to have happened: as exactly as it was said, in the zone that was said, and no more exactly."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import TextChoices
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Precision(TextChoices):
    YEAR = "year", gettext_lazy("Year")
    MONTH = "month", gettext_lazy("Month")
    DAY = "day", gettext_lazy("Day")
    MINUTE = "minute", gettext_lazy("Minute")
    SECOND = "second", gettext_lazy("Second")


class Moment(NamedTuple):
    """The instant it stands for (UTC), the day as it was said there, how exact that is ("" where nothing was said), and its zone."""

    at: datetime | None = None
    happened_on: date | None = None
    precision: str = ""
    zone: str = ""


NEVER_SAID = Moment()
UNREADABLE = gettext_lazy("There is no such day, time or zone. A time needs a whole day.")
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
TIME = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
LONGEST_ZONE = 40
SHOWN = {"year": "Y", "month": "M Y", "day": "j M Y", "minute": "j M Y, H:i", "second": "j M Y, H:i:s"}


def moment(day: str, clock: str = "", zone: str = "") -> Moment:
    """A day (ISO 8601, perhaps only year and month or year), a time of it and its zone: a name of the IANA, Z, or an offset.

    A time whose zone is not said is kept as if it were UTC, and shown as of a zone that was not said. Raises ValueError.

    >>> moment("2026-03-14", "13:05", "-05:00").at.isoformat(), moment("2026-03").precision
    ('2026-03-14T18:05:00+00:00', 'month')
    """
    if not day:
        if clock or zone:
            raise ValueError(clock or zone)
        return NEVER_SAID
    said = DAY.fullmatch(day)
    if said is None:
        raise ValueError(day)
    year, month, of_month = said.groups()
    happened_on, place = date(int(year), int(month or 1), int(of_month or 1)), zone_of(zone)
    if not clock:
        precision = Precision.DAY if of_month else Precision.MONTH if month else Precision.YEAR
        return Moment(datetime.combine(happened_on, time(), UTC), happened_on, precision, zone)
    read = TIME.fullmatch(clock)
    if read is None or not of_month:
        raise ValueError(clock)
    hour, minute, second = (int(part or 0) for part in read.groups())
    try:
        at = datetime.combine(happened_on, time(hour, minute, second), place).astimezone(UTC)
    except OverflowError as beyond:  # the first hours of the year 1, and the last of 9999
        raise ValueError(day) from beyond
    return Moment(at, happened_on, Precision.SECOND if read[3] else Precision.MINUTE, zone)


def zone_of(zone: str) -> tzinfo:
    """What a zone is called by; UTC where none is said. Raises ValueError."""
    if not zone or zone in {"Z", "UTC"}:
        return UTC
    if offset := OFFSET.fullmatch(zone):
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-ahead if offset[1] == "-" else ahead)
    if len(zone) > LONGEST_ZONE or not zone.isprintable():
        raise ValueError(zone)
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as unknown:  # a folder of zones is no zone
        raise ValueError(zone) from unknown


def in_words(said: Moment) -> str:
    """As it is shown: as exactly as it was said, in its own zone."""
    if said.at is None or said.happened_on is None:
        return _("Time not said")
    if said.precision not in {Precision.MINUTE, Precision.SECOND}:
        return str(date_format(said.happened_on, SHOWN[said.precision]))
    local = said.at.astimezone(zone_of(said.zone))
    return f"{date_format(local, SHOWN[said.precision])} ({said.zone or _('zone not said')})"


def in_iso(said: Moment) -> str:
    """For machines: as much of ISO 8601 as was said, without an offset where none was; "" where nothing was."""
    if said.at is None or said.happened_on is None:
        return ""
    if said.precision not in {Precision.MINUTE, Precision.SECOND}:
        return said.happened_on.isoformat()[: {"year": 4, "month": 7}.get(said.precision, 10)]
    local = said.at.astimezone(zone_of(said.zone))
    return (local if said.zone else local.replace(tzinfo=None)).isoformat(timespec="minutes" if said.precision == "minute" else "seconds")


def in_clock(seconds: int | None) -> str:
    """Seconds as hours, minutes and seconds.

    >>> in_clock(3725), in_clock(59)
    ('1:02:05', '0:59')
    """
    if seconds is None:
        return "—"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
