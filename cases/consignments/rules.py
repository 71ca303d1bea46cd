"""What may be noted of goods on their way, and the sentence that says why not. Who works on a case is the case files' rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.consignments.goods import Goods, Unit
from cases.consignments.models import Authorisation, Delivery, SeizureVersion
from cases.consignments.passage import Passage
from kernel.errors import Conflict, Invalid, Sentence, sentence
from kernel.verdict import ALLOWED, Verdict, refuse

REASON_WANTED = sentence("consignments.reason-wanted", _("Say why."))
UNIT_WANTED = sentence("consignments.unit-wanted", _("An amount has its unit, and a unit its amount."))
CURRENCY_WANTED = sentence(
    "consignments.currency-wanted", _("A value has its currency in three capital letters, and a currency its value.")
)
NO_SUCH_SUBJECT = sentence("consignments.no-such-subject", _("You see no subject of this kind."))
NO_SUCH_LEG = sentence("consignments.no-such-leg", _("The route has no such place."))
NO_SUCH_ITEM = sentence("consignments.no-such-item", _("You see no such item."))
NO_SUCH_PARAGRAPH = sentence("consignments.no-such-paragraph", _("A paragraph is named together with the item that it stands in."))
POSITION_WANTED = sentence("consignments.position-wanted", _("A place on the map has latitude and longitude: give both, or neither."))
PLAN_REVERSED = sentence("consignments.plan-reversed", _("The planned departure is before the planned arrival."))
PLACE_WANTED = sentence("consignments.place-wanted", _("Say where: a place of the route, or another in words."))
ON_ROUTE = sentence("consignments.on-route", _("What arrives or departs does so at a place of the route. Add the place first."))
NOT_YET = sentence("consignments.not-yet", _("What is noted has happened: its time is not to come."))
OUT_OF_TIME = sentence("consignments.out-of-time", _("This is no time of a route: give a day between 1990 and 2100."))
NOTED_ALREADY = sentence("consignments.noted-already", _("This was noted for that place already. Correct what was noted."))
CORRECTED_ALREADY = sentence("consignments.corrected-already", _("This was corrected already. Correct the newer one."))
NOTHING_TO_VOID = sentence("consignments.nothing-to-void", _("Only what was noted can be said not to have happened."))
LEG_OBSERVED = sentence("consignments.leg-observed", _("Something was observed or seized at this place: it stays on the route."))
TITLE_WANTED = sentence("consignments.title-wanted", _("Give the consignment a name by which the team knows it."))
NO_SUCH_CONSIGNMENT = sentence("consignments.no-such-consignment", _("The case has no such consignment."))
SEIZURE_CORRECTED_SINCE = sentence(
    "consignments.seizure-corrected-since", _("This seizure was corrected since you opened it. Look at its newest version first.")
)
GOODS_GONE = sentence("consignments.goods-gone", _("These goods were returned or destroyed: nothing further becomes of them."))
BEFORE_SEIZURE = sentence("consignments.before-seizure", _("This is before the goods were seized."))
WHAT_WANTED = sentence("consignments.what-wanted", _("Say in words what was seized."))
ROUTE_FULL = sentence("consignments.route-full", _("A route has at most %(most)s places."))
MOST_LEGS = 200
WHO_WANTED = sentence("consignments.who-wanted", _("Say who did it."))
NET_WANTED = sentence("consignments.net-wanted", _("A net amount is wanted, and the gross one is never less."))
MONEY_WANTED = sentence("consignments.money-wanted", _("What is counted in money has its currency, and nothing else has one."))
PURITY_WRONG = sentence("consignments.purity-wrong", _("A purity is between 0 and 100 per cent."))
PURPOSE_WANTED = sentence("consignments.purpose-wanted", _("Say what the controlled delivery is for."))
AUTHORITY_WANTED = sentence("consignments.authority-wanted", _("Say which authority answered."))
VALIDITY_WANTED = sentence("consignments.validity-wanted", _("What is given holds from one time until a later one; nothing else does."))
OPEN_ALREADY = sentence("consignments.delivery-open-already", _("This consignment has a controlled delivery that has not ended."))
NOT_PLANNED = sentence("consignments.delivery-not-planned", _("This controlled delivery was started or ended already."))
NOT_STARTED = sentence("consignments.delivery-not-started", _("It was never started: it can only be called off."))
DELIVERY_OVER = sentence("consignments.delivery-over", _("This controlled delivery has ended."))
NOT_AUTHORISED = sentence("consignments.not-authorised", _("Not every country on the route lets it pass at this moment: %(countries)s."))
ROUTE_WANTED = sentence("consignments.route-wanted", _("Its route has no place yet: nobody can say which countries must let it pass."))
COORDINATOR_BLIND = sentence("consignments.coordinator-blind", _("%(name)s does not work on this case. Add them to its team first."))
NOT_IN_CHARGE = sentence(
    "consignments.not-in-charge",
    _("A controlled delivery is started and ended by %(name)s, who coordinates it, or whoever leads the case."),
)
PARTY_KINDS = ("person", "organisation")

EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def hold_workable(officer: Officer, casefile: CaseFile) -> None:
    """Whoever works on the case, as long as it is open. Raises NotAllowed (casefiles.can_work), Conflict."""
    casefiles.can_work(officer, casefile).enforce()
    casefiles.hold_open(casefile)


def can_coordinate(named: Officer, casefile: CaseFile) -> Verdict:
    """Somebody who works on its case."""
    return ALLOWED if casefiles.can_work(named, casefile) else refuse(COORDINATOR_BLIND, name=named.name)


def can_direct(officer: Officer, delivery: Delivery, casefile: CaseFile) -> Verdict:
    """Whoever coordinates a controlled delivery, or leads its case: they answer for what is let pass."""
    if officer.pk == delivery.coordinator_id and casefiles.can_work(officer, casefile):
        return ALLOWED
    return ALLOWED if casefiles.can_lead(officer, casefile) else refuse(NOT_IN_CHARGE, name=delivery.coordinator.name)


def hold_answer(facts: Mapping[str, Any]) -> None:
    """What may stand as a country's answer. Raises Invalid."""
    if facts.get("answer") not in Authorisation.Answer.values:
        raise Invalid
    hold_words(facts.get("country", ""), "country", PLACE_WANTED)
    hold_words(facts.get("authority", ""), "authority", AUTHORITY_WANTED)
    start, end = facts.get("starts_at"), facts.get("ends_at")
    hold_in_time(starts_at=start, ends_at=end)
    fits = bool(start and end and start < end) if facts["answer"] == Authorisation.Answer.GIVEN else not (start or end)
    if not fits:
        raise Invalid(fields={"ends_at": VALIDITY_WANTED})


def hold_passing(passages: Sequence[Passage]) -> None:
    """Every country on the route lets it pass at this moment. Raises Conflict that names all that do not."""
    if not passages:
        raise Conflict(ROUTE_WANTED)
    missing = [each.country for each in passages if not each.holds]
    if missing:
        raise Conflict(NOT_AUTHORISED, countries=", ".join(missing))


def hold_paired(facts: Mapping[str, Any], name: str) -> None:
    """An amount has its unit and a value its currency, or neither is there. Raises Invalid."""
    quantity, unit, value, currency = (facts.get(f"{name}_{part}") for part in ("quantity", "unit", "value", "currency"))
    if (quantity is None) is bool(unit) or (quantity is not None and quantity < Decimal(0)) or unit == "money":
        raise Invalid(fields={f"{name}_quantity": UNIT_WANTED})
    if (value is None) is bool(currency) or (value is not None and not (is_currency(currency) and value >= 0)):
        raise Invalid(fields={f"{name}_value": CURRENCY_WANTED})


def hold_in_time(**moments: datetime | None) -> None:
    """Moments that calendars of every zone can write. Raises Invalid."""
    for name, moment in moments.items():
        if moment and not EARLIEST <= moment <= LATEST:
            raise Invalid(fields={name: OUT_OF_TIME})


def hold_happened(now: datetime, moment: datetime) -> None:
    """What was observed has happened. Raises Invalid."""
    hold_in_time(happened_at=moment)
    if moment > now:
        raise Invalid(fields={"happened_at": NOT_YET})


def hold_words(text: str, field: str, wanted: Sentence) -> None:
    """Words, not only blanks. Raises Invalid."""
    if not text.strip():
        raise Invalid(fields={field: wanted})


def hold_free(*, is_taken: bool) -> None:
    """A place is arrived at, and departed from, once. Raises Conflict."""
    if is_taken:
        raise Conflict(NOTED_ALREADY)


def hold_seizable(facts: Mapping[str, Any], *, now: datetime) -> None:
    """What may stand in a version of a seizure: known words, amounts that can be, a time that was. Raises Invalid."""
    goods, unit, authority = (facts.get(name, "") for name in ("goods", "unit", "authority"))
    if goods not in Goods.values or unit not in Unit.values or authority not in SeizureVersion.Authority.values:
        raise Invalid
    net, gross, purity = (facts.get(name) for name in ("net", "gross", "purity"))
    if net is None or net < 0 or (gross is not None and gross < net):
        raise Invalid(fields={"net": NET_WANTED})
    if is_currency(facts.get("money")) is not (unit == Unit.MONEY):
        raise Invalid(fields={"money": MONEY_WANTED})
    if purity is not None and not 0 <= purity <= 100:  # noqa: PLR2004
        raise Invalid(fields={"purity": PURITY_WRONG})
    value, currency = facts.get("estimated_value"), facts.get("estimated_currency")
    if (value is None) is bool(currency) or (value is not None and not (is_currency(currency) and value >= 0)):
        raise Invalid(fields={"estimated_value": CURRENCY_WANTED})
    if facts.get("seized_at") is None:
        raise Invalid(fields={"seized_at": OUT_OF_TIME})
    hold_in_time(seized_at=facts["seized_at"])
    if facts["seized_at"] > now:
        raise Invalid(fields={"seized_at": NOT_YET})


def is_currency(code: Any) -> bool:
    """Three capital letters, as ISO 4217 writes a currency."""
    return isinstance(code, str) and len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()  # noqa: PLR2004
