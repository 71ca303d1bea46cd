"""How long something took or has been taking along a route: in each place, between places, in all, and against the plan.

Nothing is refused: a departure before its own arrival happens in papers, and gives no length but a flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Stay:
    """A place on a route: what was planned there, and what was observed."""

    planned_arrival_at: datetime | None = None
    planned_departure_at: datetime | None = None
    arrived: datetime | None = None
    departed: datetime | None = None

    @property
    def first(self) -> datetime | None:
        return self.arrived or self.departed

    @property
    def last(self) -> datetime | None:
        return self.departed or self.arrived


@dataclass(frozen=True, slots=True)
class Times:
    """Of one place: on the way to it, in it, and how late both ends are (early is less than nothing); `runs` while it goes on."""

    transit: timedelta | None = None
    transit_runs: bool = False
    dwell: timedelta | None = None
    dwell_runs: bool = False
    late_in: timedelta | None = None
    late_out: timedelta | None = None
    disordered: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Of the whole route: the times of each place, which one it is in or left last, and how long all of it has taken."""

    times: Sequence[Times]
    current: int | None = None
    is_waiting: bool = False
    since: datetime | None = None
    lasted: timedelta | None = None
    total: timedelta | None = None
    is_over: bool = False
    late: timedelta | None = None


def clock(stays: Sequence[Stay], *, now: datetime) -> Clock:
    """What the observations along a route come to at this moment."""
    seen = [place for place, stay in enumerate(stays) if stay.first]
    current = seen[-1] if seen else None
    times = [_times(stays, place, current, now) for place in range(len(stays))]
    if current is None:
        return Clock(times, late=_worst(times))
    here, start = stays[current], next(stay.first for stay in stays if stay.first)
    is_over = current == len(stays) - 1 and len(stays) > 1 and bool(here.arrived)
    since = here.last
    end = here.arrived if is_over else now
    total = _length(start, end)
    late = _worst([*times[current + 1 :], times[current]])
    return Clock(times, current, here.departed is None, since, _length(since, now), total, is_over, late)


def _times(stays: Sequence[Stay], place: int, current: int | None, now: datetime) -> Times:
    stay, before = stays[place], stays[place - 1] if place else Stay()
    awaited = current is not None and place == current + 1 and before.departed is not None
    is_here = place == current and stay.departed is None and stay.arrived is not None
    transit = _length(before.departed, stay.arrived or (now if awaited else None))
    dwell = _length(stay.arrived, stay.departed or (now if is_here and place < len(stays) - 1 else None))
    ahead = current is None or place > current
    disordered = _is_before(stay.departed, stay.arrived) or _is_before(stay.arrived, before.departed)
    return Times(
        transit=transit,
        transit_runs=awaited,
        dwell=dwell,
        dwell_runs=is_here and dwell is not None,
        late_in=_late(stay.planned_arrival_at, stay.arrived, now if ahead else None),
        late_out=_late(stay.planned_departure_at, stay.departed, now if ahead or is_here else None),
        disordered=disordered,
    )


def _late(planned: datetime | None, happened: datetime | None, now: datetime | None) -> timedelta | None:
    """Against the plan; of what has not happened yet only once it should have."""
    if planned is None:
        return None
    if happened:
        return happened - planned
    return now - planned if now and now > planned else None


def _worst(times: Sequence[Times]) -> timedelta | None:
    """How late it is now: what is overdue ahead, else the newest that is known where it is."""
    for each in times:
        late = each.late_out if each.late_out is not None else each.late_in
        if late is not None:
            return late
    return None


def _length(start: datetime | None, end: datetime | None) -> timedelta | None:
    return end - start if start and end and end >= start else None


def _is_before(one: datetime | None, other: datetime | None) -> bool:
    return bool(one and other and one < other)


def words(length: timedelta | None) -> str:
    """A length of time as one says it: "3 h 10 min", "2 days 4 h"; nothing where there is none."""
    if length is None:
        return ""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        said = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        return f"{said} {_hours(hours)}" if hours else said
    if hours:
        return f"{_hours(hours)} {_minutes(left)}" if left else _hours(hours)
    return _minutes(left)


def _hours(count: int) -> str:
    return _("%(count)d h") % {"count": count}


def _minutes(count: int) -> str:
    return _("%(count)d min") % {"count": count}


def lateness(late: timedelta | None) -> str:
    """Early, late, or as planned; less than a minute is as planned."""
    if late is None:
        return ""
    if abs(late) < timedelta(minutes=1):
        return _("as planned")
    return (_("%(time)s late") if late > NO_TIME else _("%(time)s early")) % {"time": words(late)}
