"""What is carried and seized, and in what it is measured. Drugs are grouped as the United Nations' annual report questionnaire has it.

Amounts are exact decimals. Mass is added with mass and volume with volume; nothing else is ever added to another unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


class Goods(TextChoices):
    CANNABIS = "cannabis", _("Cannabis")
    COCAINE = "cocaine", _("Cocaine and coca")
    OPIOIDS = "opioids", _("Opiates and opioids")
    STIMULANTS = "stimulants", _("Amphetamine-type stimulants")
    SEDATIVES = "sedatives", _("Sedatives and tranquillisers")
    HALLUCINOGENS = "hallucinogens", _("Hallucinogens")
    NEW_SUBSTANCES = "new-substances", _("New psychoactive substances")
    PRECURSORS = "precursors", _("Precursor chemicals")
    CASH = "cash", _("Cash")
    VALUABLES = "valuables", _("Precious metals, stones and jewellery")
    WEAPONS = "weapons", _("Firearms and other weapons")
    AMMUNITION = "ammunition", _("Ammunition and explosives")
    VEHICLES = "vehicles", _("Vehicles and vessels")
    DOCUMENTS = "documents", _("Documents")
    DEVICES = "devices", _("Devices and data carriers")
    TOBACCO = "tobacco", _("Tobacco and alcohol")
    COUNTERFEIT = "counterfeit", _("Counterfeit goods")
    WILDLIFE = "wildlife", _("Wildlife and timber")
    CULTURAL = "cultural", _("Cultural property")
    MERCHANDISE = "merchandise", _("Merchandise")
    OTHER = "other", _("Other goods")


class Unit(TextChoices):
    TONNE = "t", _("t")
    KILOGRAM = "kg", _("kg")
    GRAM = "g", _("g")
    MILLIGRAM = "mg", _("mg")
    LITRE = "l", _("l")
    MILLILITRE = "ml", _("ml")
    PIECE = "unit", _("pieces")
    TABLET = "tablet", _("tablets")
    PLANT = "plant", _("plants")
    PACKAGE = "package", _("packages")
    PALLET = "pallet", _("pallets")
    CONTAINER = "container", _("containers")
    MONEY = "money", _("in money")


Measure = tuple[Unit, Decimal]
MASS: dict[str, Decimal] = {
    Unit.TONNE: Decimal(1_000_000), Unit.KILOGRAM: Decimal(1_000), Unit.GRAM: Decimal(1), Unit.MILLIGRAM: Decimal("0.001"),
}  # fmt: skip
VOLUME: dict[str, Decimal] = {Unit.LITRE: Decimal(1_000), Unit.MILLILITRE: Decimal(1)}
MEASURED = [(unit, label) for unit, label in Unit.choices if unit != Unit.MONEY]
"""In which goods on their way are measured; money alone is counted where it is seized."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of one kind of goods; `currency` where it is counted in money, `times` of how many it is the sum."""

    goods: str
    quantity: Decimal
    unit: str
    currency: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Total:
    """What several amounts come to that may be added, and how many they were."""

    amount: Amount
    count: int

    @property
    def goods(self) -> str:
        return str(Goods(self.amount.goods).label)

    @property
    def text(self) -> str:
        return said(self.amount.quantity, self.amount.unit, self.amount.currency)


def number(quantity: Decimal) -> str:
    """A number with the reader's own decimal sign, as exact as it was written and without idle noughts."""
    text = format(quantity, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return str(number_format(Decimal(text or "0"), use_l10n=True, force_grouping=True))


def said(quantity: Decimal | None, unit: str, currency: str = "") -> str:
    """An amount as a page says it; nothing where none was given."""
    if quantity is None:
        return ""
    return f"{number(quantity)} {currency if unit == Unit.MONEY else Unit(unit).label}"


def totals(amounts: Iterable[Amount]) -> list[Total]:
    """The amounts added by kind of goods and by what may be added: mass, volume, else the same unit, money by its currency."""
    found: dict[tuple[str, str, str], tuple[Decimal, int]] = {}
    for each in amounts:
        unit, quantity = _base(each)
        key = (each.goods, unit, each.currency if unit == Unit.MONEY else "")
        so_far, count = found.get(key, (Decimal(0), 0))
        found[key] = (so_far + quantity, count + each.times)
    order = {goods: place for place, goods in enumerate(Goods.values)}
    return [
        Total(Amount(goods, *_readable(unit, quantity), currency), count)
        for (goods, unit, currency), (quantity, count) in sorted(found.items(), key=lambda row: (order[row[0][0]], row[0]))
    ]


def _base(amount: Amount) -> tuple[str, Decimal]:
    for scale, unit in ((MASS, Unit.GRAM), (VOLUME, Unit.MILLILITRE)):
        if amount.unit in scale:
            return unit, amount.quantity * scale[amount.unit]
    return amount.unit, amount.quantity


def _readable(unit: str, quantity: Decimal) -> tuple[Decimal, str]:
    """A mass or volume in the larger unit from one of it on: exact, a thousandth has three digits."""
    larger: dict[str, str] = {Unit.GRAM: Unit.KILOGRAM, Unit.MILLILITRE: Unit.LITRE}
    return (quantity / 1_000, larger[unit]) if unit in larger and quantity >= 1_000 else (quantity, unit)  # noqa: PLR2004
