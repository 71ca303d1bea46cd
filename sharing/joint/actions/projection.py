"""The nightly check that sight by joint cases is what it rests on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from accounts.models import Membership
from audit.ledger import record
from cases.records.models import Record, RecordGrant
from kernel.grants import Origin
from sharing.agreements.models import Agreement
from sharing.joint.events import Event
from sharing.joint.models import Admission, Contribution, Party

NAMED = 200


@transaction.atomic(durable=True)
def check_joint_sight() -> int:
    """Alarm on sight that no standing contribution or admission gives: a line in the ledger of the agency whose things or seats they are.

    Nothing is repaired: a grant nobody caused is evidence first. Run by the clock, nightly. Returns how many differ.
    """
    count = 0
    for difference, rows in (("grants", _grants()), ("seats", _seats())):
        found: dict[Any, list[Any]] = {}
        for owner, pk in rows.values_list("owner", "pk"):
            found.setdefault(owner, []).append(pk)
        for owner, pks in found.items():
            record(Event.SIGHT_DIFFERS, actor=None, owner=owner, difference=difference, count=len(pks), rows=pks[:NAMED])
            count += len(pks)
    return count


def _all(model: Any) -> Any:
    return model.objects.unscoped("whether sight by joint cases is what it rests on")


def _grants() -> Any:
    agreed = _all(Agreement).in_force().filter(pk=OuterRef(OuterRef("basis")))
    seats = _all(Party).filter(joint=OuterRef("joint"), state__in=Party.STANDING, group=OuterRef(OuterRef("group")))
    giving = _all(Contribution).given().filter(
        Exists(seats), Exists(agreed), pk=OuterRef("cause"), rendition=OuterRef("rendition"), expires_at__gte=OuterRef("expires_at")
    )  # fmt: skip
    owner = Subquery(_all(Record).filter(pk=OuterRef("content_object")).values("agency"))
    return RecordGrant.objects.live().filter(~Exists(giving), origin=Origin.JOINT).annotate(owner=owner)


def _seats() -> Any:
    seat = _all(Party).filter(group=OuterRef("group"))
    joined = _all(Party).filter(group=OuterRef(OuterRef("group")), state=Party.State.JOINED)
    admitted = _all(Admission).standing().filter(officer=OuterRef("officer"), party__in=joined.values("pk"))
    return Membership.objects.active().filter(Exists(seat)).filter(~Exists(admitted)).annotate(owner=Subquery(seat.values("agency")))
