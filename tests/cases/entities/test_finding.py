"""What is found in a text: where it stands, what it is taken for, and whether its check holds."""

import sys

import pytest

from cases.entities.identifiers.found import LONGEST_TEXT, MOST, find

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
NAMED = [
    ("Ring +55 11 91234-5678 today", "", ("+55 11 91234-5678", "phone", "", "+5511912345678", "yes")),
    ("Ring 0055 21 2555 0188", "", ("0055 21 2555 0188", "phone", "", "+552125550188", "yes")),
    ("Ring (202) 555-0140", "US", ("(202) 555-0140", "phone", "US", "+12025550140", "yes")),
    ("Ring +99 55 014 7720.", "", ("+99 55 014 7720", "phone", "", "+99550147720", "unknown")),
    ("to DE89 3704 0044 0532 0130 00 PAGO", "", ("DE89 3704 0044 0532 0130 00", "iban", "DE", "DE89370400440532013000", "yes")),
    ("to DE88 3704 0044 0532 0130 00 now", "", ("DE88 3704 0044 0532 0130 00", "iban", "DE", "DE88370400440532013000", "no")),
    ("CLABE 032180000118359719", "", ("032180000118359719", "account", "MX", "032180000118359719", "yes")),
    ("2850590940090418135201", "", ("2850590940090418135201", "account", "AR", "2850590940090418135201", "yes")),
    ("CPF 529.982.247-26", "", ("529.982.247-26", "national-id", "BR", "52998224726", "no")),
    ("nº 52998224725", "BR", ("52998224725", "national-id", "BR", "52998224725", "yes")),
    ("12.ABC.345/01DE-35", "", ("12.ABC.345/01DE-35", "tax-id", "BR", "12ABC34501DE35", "yes")),
    ("GAMR501027HSLXDG01", "", ("GAMR501027HSLXDG01", "national-id", "MX", "GAMR501027HSLXDG01", "no")),
    ("1M8GDM9AXKP042788", "", ("1M8GDM9AXKP042788", "vin", "", "1M8GDM9AXKP042788", "yes")),
    ("the IMO 9074729 sails", "", ("IMO 9074729", "imo", "", "9074729", "yes")),
    ("CSQU3054383", "", ("CSQU3054383", "container", "", "CSQU3054383", "yes")),
    ("QZLU 448120 4", "", ("QZLU 448120 4", "container", "", "QZLU4481204", "no")),
    (GENESIS, "", (GENESIS, "wallet", "", GENESIS, "yes")),
    ("IMEI 490154203237518", "", ("490154203237518", "imei", "", "490154203237518", "yes")),
    ("IMEI 490154203237519", "", ("490154203237519", "imei", "", "490154203237519", "no")),
    ("mail Tio@Example.org.", "", ("Tio@Example.org", "email", "", "tio@example.org", "yes")),
    ("placa BRA2E19", "", ("BRA2E19", "plate", "BR", "BRA2E19", "unknown")),
    ("the lorry KXT 4410", "", ("KXT 4410", "plate", "", "KXT4410", "unknown")),
    ("on 5 de marzo de 2026", "", ("5 de marzo de 2026", "date", "", "2026-03-05", "yes")),
    ("le 14 juillet 1989", "", ("14 juillet 1989", "date", "", "1989-07-14", "yes")),
    ("em março de 2025", "", ("março de 2025", "date", "", "2025-03", "yes")),
    ("July 4, 2026", "", ("July 4, 2026", "date", "", "2026-07-04", "yes")),
    ("2026-11-05", "", ("2026-11-05", "date", "", "2026-11-05", "yes")),
    ("paid US$ 12,000.50", "", ("US$ 12,000.50", "money", "", "USD 12000.5", "yes")),
    ("pagou € 1.234,56 ontem", "", ("€ 1.234,56", "money", "", "EUR 1234.56", "yes")),
    ("R$ 2 milhões", "", ("R$ 2 milhões", "money", "", "BRL 2000000", "yes")),
    ("some $500", "", ("$500", "money", "", "$ 500", "unknown")),
]  # fmt: skip
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def shown(each):
    return each.raw, each.type, each.country, each.normalised, each.valid


@pytest.mark.parametrize(("text", "country", "expected"), NAMED, ids=[text for text, _country, _expected in NAMED])
def test_a_thing_is_found_at_its_place_with_its_check(text, country, expected):
    found = find(text, country=country)
    assert shown(found[0]) == expected
    assert text[found[0].start : found[0].end] == expected[0]


def test_a_passports_zone_is_found_over_its_two_lines_and_nothing_within_it():
    (found,) = find(f"His papers:\n{ZONE}\nEnd.")
    assert (found.type, found.valid, found.raw) == ("mrz", "yes", ZONE)


def test_what_is_proven_leaves_no_room_for_what_is_guessed_and_of_guesses_the_strictest_comes_first():
    assert [each.type for each in find("CLABE 032180000118359719")] == ["account"]
    assert [each.type for each in find("4111 1111 1111 1111")] == ["account"]
    assert find("4111 1111 1111 1112") == []
    ranks = [each.rank for each in find("AB-123-CD", country="AR")]
    assert len(ranks) == 2
    assert ranks == sorted(ranks)


def test_a_date_in_figures_is_read_in_the_readers_order_and_its_other_reading_is_offered_too():
    days = {order: [each.normalised for each in find("on 03/04/2026", day_first=order)] for order in (True, False)}
    assert days == {True: ["2026-04-03", "2026-03-04"], False: ["2026-03-04", "2026-04-03"]}
    assert all(each.doubt and each.valid == "unknown" for each in find("on 03/04/2026"))
    assert [(each.normalised, str(each.doubt)) for each in find("on 25.12.2025", day_first=False)] == [("2025-12-25", "")]
    assert find("on 31/02/2026 and 2026-13-01") == []


def test_numbers_of_a_country_are_offered_at_home_or_where_a_word_says_so():
    assert find("nº 52998224725") == []
    assert [each.country for each in find("his CPF is 52998224725")] == ["BR"]
    assert [shown(each)[4] for each in find("his CPF is 52998224726")] == ["no"]


HOSTILE = [
    "1", "1 ", "(1", "+1-", "+1 (", "A1B2 ", "@", "a@", "a.", "A<", "1.", "1 mar ", "4111 1111 1111 1111 ", "DE89 3704 ", "AA-11-", "$1",
    "1,111", "USD 1 ", "202-555-0140 ", "+55 11 91234-5678 ", "0x", "bc1q", "1M8G", "<", "\n", "ñ&", "٣", "12:34:", "de ", "1 million ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_length_of_a_hostile_text_and_no_faster(piece):
    """Counted in calls and not by a clock: four times the text makes about four times as many."""
    work = [steps(piece * (size // len(piece))) for size in (1_000, 4_000)]
    assert work[1] < 5 * work[0] + 2_000, work
    assert len(find(piece * LONGEST_TEXT)) <= MOST


def steps(text: str) -> int:
    count = 0

    def step(_frame, _event, _arg):
        nonlocal count
        count += 1

    find(text)  # what is read once and kept is read before
    before = sys.getprofile()
    sys.setprofile(step)
    try:
        find(text)
    finally:
        sys.setprofile(before)
    return count
