"""Amounts are added exactly, and only where they may be."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cases.consignments.goods import MASS, Amount, said, totals


def total(*amounts):
    return [(each.amount.goods, each.text, each.count) for each in totals(Amount(*facts) for facts in amounts)]


def test_mass_is_added_across_its_units_exactly():
    assert total(("cocaine", Decimal("0.1"), "kg"), ("cocaine", Decimal("0.2"), "kg"), ("cocaine", Decimal(5), "g")) == [
        ("cocaine", "0.305 kg".replace("0.305 kg", "305 g"), 3)
    ]
    assert total(("cocaine", Decimal("1.5"), "t"), ("cocaine", Decimal(1), "mg")) == [("cocaine", "1,500.000001 kg", 2)]


def test_what_is_not_the_same_is_never_added():
    found = total(
        ("cocaine", Decimal(1), "kg"), ("cannabis", Decimal(1), "kg"), ("cocaine", Decimal(1), "l"), ("cocaine", Decimal(3), "package"),
        ("cash", Decimal(100), "money", "EUR"), ("cash", Decimal(50), "money", "USD"), ("cash", Decimal(1), "money", "EUR"),
    )  # fmt: skip
    assert found == [
        ("cannabis", "1 kg", 1), ("cocaine", "1 kg", 1), ("cocaine", "1 l", 1), ("cocaine", "3 packages", 1),
        ("cash", "101 EUR", 2), ("cash", "50 USD", 1),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.decimals(0, 10**9, places=6), st.sampled_from(sorted(MASS))), min_size=1, max_size=9))
def test_no_gram_is_lost_or_made(rows):
    [found] = totals(Amount("cocaine", quantity, unit) for quantity, unit in rows)
    assert found.amount.quantity * MASS[found.amount.unit] == sum(quantity * MASS[unit] for quantity, unit in rows)


def test_nothing_is_said_of_no_amount():
    assert said(None, "") == ""
    assert said(Decimal("12.500000"), "kg") == "12.5 kg"
