"""Identifiers are compared in one form, and flagged where they break their scheme's rule; none is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.entities.identifiers import IdentifierType, Validity, country_code, normalise
from cases.entities.identifiers.schemes import zone_digit

YES, NO, UNKNOWN = Validity.YES, Validity.NO, Validity.UNKNOWN
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


@pytest.mark.parametrize(
    ("kind", "country", "raw", "form", "valid"),
    [
        ("national-id", "MX", "GAMR501027HSLXDG00", "GAMR501027HSLXDG00", YES),
        ("national-id", "MX", "GAMR501027HSLXDG01", "GAMR501027HSLXDG01", NO),
        ("national-id", "MX", "088455751391", "088455751391", UNKNOWN),
        ("tax-id", "MX", "GODE 561231 GR8", "GODE561231GR8", YES),
        ("tax-id", "MX", "GODE561331GR8", "GODE561331GR8", NO),
        ("tax-id", "MX", "A&B 010203 XX9", "A&B010203XX9", UNKNOWN),
        ("account", "MX", "032180000118359719", "032180000118359719", YES),
        ("account", "MX", "032180000118359718", "032180000118359718", NO),
        ("account", "NM", "032180000118359718", "032180000118359718", UNKNOWN),
        ("social-security", "US", "536-90-4399", "536904399", YES),
        ("social-security", "US", "666-90-4399", "666904399", NO),
        ("social-security", "US", "12345", "12345", NO),
        ("social-security", "AU", "5304218", "5304218", UNKNOWN),
        ("tax-id", "US", "91-1144442", "911144442", YES),
        ("national-id", "BR", "390.533.447-05", "39053344705", YES),
        ("national-id", "BR", "390.533.447-06", "39053344706", NO),
        ("national-id", "BR", "RG-013147", "RG013147", UNKNOWN),
        ("tax-id", "BR", "16.727.230/0001-97", "16727230000197", YES),
        ("tax-id", "BR", "12.ABC.345/01DE-35", "12ABC34501DE35", YES),
        ("tax-id", "BR", "12.ABC.345/01DE-36", "12ABC34501DE36", NO),
        ("tax-id", "CO", "213.123.432-1", "2131234321", YES),
        ("tax-id", "CO", "213.123.432-5", "2131234325", NO),
        ("national-id", "CO", "6.095.803", "6095803", UNKNOWN),
        ("tax-id", "AR", "20-05536168-2", "20055361682", YES),
        ("tax-id", "AR", "20-05536168-3", "20055361683", NO),
        ("national-id", "AR", "15.379.555", "15379555", UNKNOWN),
        ("account", "AR", "2850590940090418135201", "2850590940090418135201", YES),
        ("national-id", "CL", "76.086.428-5", "760864285", YES),
        ("national-id", "CL", "12.531.909-2", "125319092", YES),
        ("national-id", "CL", "12.531.909-3", "125319093", NO),
        ("national-id", "PE", "10117410", "10117410", UNKNOWN),
        ("national-id", "PE", "10117410-2", "101174102", YES),
        ("national-id", "PE", "10117410-3", "101174103", NO),
        ("tax-id", "PE", "20512333797", "20512333797", YES),
        ("tax-id", "GT", "576937-K", "576937K", YES),
        ("tax-id", "GT", "576937-1", "5769371", NO),
        ("national-id", "GT", "2350 00000 0101", "2350000000101", YES),
        ("national-id", "GT", "1234567890101", "1234567890101", YES),
        ("national-id", "GT", "1234567800101", "1234567800101", NO),
        ("national-id", "GT", "2350000002301", "2350000002301", NO),
        ("national-id", "GT", "2350000000118", "2350000000118", NO),
        ("national-id", "EC", "171430710-3", "1714307103", YES),
        ("tax-id", "SV", "0614-050707-104-8", "06140507071048", YES),
        ("tax-id", "UY", "21-100342-001-7", "211003420017", YES),
        ("tax-id", "VE", "V-11470283-4", "V114702834", YES),
        ("tax-id", "VE", "V-11470283-3", "V114702833", NO),
        ("national-id", "DO", "00113918205", "00113918205", YES),
        ("tax-id", "DO", "1-01-85004-3", "101850043", YES),
        ("national-id", "CR", "01-0913-0259", "0109130259", YES),
        ("national-id", "CU", "91021027775", "91021027775", YES),
        ("tax-id", "PY", "80028061-0", "800280610", YES),
        ("social-security", "CA", "123-456-782", "123456782", YES),
        ("social-security", "CA", "123-456-783", "123456783", NO),
        ("national-id", "NM", "NM 44-17", "NM4417", UNKNOWN),
        ("passport", "CV", "cv 12-34", "CV1234", UNKNOWN),
        ("imei", "", "49-015420-323751-8", "490154203237518", YES),
        ("imei", "", "490154203237517", "490154203237517", NO),
        ("imei", "", "4901542032375101", "4901542032375101", UNKNOWN),
        ("imsi", "", "429 01 1234567890", "429011234567890", YES),
        ("imsi", "", "42901", "42901", NO),
        ("meid", "", "AF 01 23 45 0A BC DE", "AF0123450ABCDE", UNKNOWN),
        ("meid", "", "AF0123450ABCDEC", "AF0123450ABCDEC", YES),
        ("meid", "", "AF0123450ABCDED", "AF0123450ABCDED", NO),
        ("mac", "", "d0-50-99-84-a2-a0", "D0509984A2A0", YES),
        ("mac", "", "d0-50-99-84-a2", "D0509984A2", NO),
        ("bic", "", "agrifrpp 882", "AGRIFRPP882", YES),
        ("bic", "", "AGRI", "AGRI", NO),
        ("routing", "US", "111000025", "111000025", YES),
        ("routing", "US", "112000025", "112000025", NO),
        ("routing", "MX", "112000025", "112000025", UNKNOWN),
        ("lei", "", "2138 00KU D8LA JWSQ 9D15", "213800KUD8LAJWSQ9D15", YES),
        ("lei", "", "213800KUXXLAJWSQ9D15", "213800KUXXLAJWSQ9D15", NO),
        ("mrz", "", ZONE, ZONE.replace("\n", ""), YES),
        ("mrz", "", ZONE[45:], ZONE[45:], YES),
        ("mrz", "", ZONE.replace("7408122", "7408123"), ZONE.replace("\n", "").replace("7408122", "7408123"), NO),
        ("mrz", "", ZONE[:-1] + "1", ZONE.replace("\n", "")[:-1] + "1", NO),
        ("mrz", "", CARD, CARD.replace("\n", ""), YES),
        ("mrz", "", CARD.replace("D231458907", "D231458906"), CARD.replace("\n", "").replace("D231458907", "D231458906"), NO),
        ("mrz", "", "P<UTO", "P<UTO", UNKNOWN),
        ("national-id", "HN", "0801-1990-12345", "0801199012345", UNKNOWN),
        ("national-id", "NI", "001-010190-0001A", "0010101900001A", UNKNOWN),
        ("national-id", "PA", "8-123-456", "8123456", UNKNOWN),
        ("national-id", "BO", "1234567 LP", "1234567LP", UNKNOWN),
        ("tax-id", "JM", "123-456-789", "123456789", UNKNOWN),
        ("vin", "", "1M8GDM9AXKP042788", "1M8GDM9AXKP042788", YES),
        ("vin", "", "1M8GDM9A1KP042788", "1M8GDM9A1KP042788", NO),
        ("vin", "", "WVWZZZ1JZXW000001", "WVWZZZ1JZXW000001", UNKNOWN),
        ("vin", "", "WVWZZZ1JZXW00000", "WVWZZZ1JZXW00000", NO),
        ("imo", "", "IMO 9074729", "9074729", YES),
        ("imo", "", "9074728", "9074728", NO),
        ("container", "", "CSQU 305438 3", "CSQU3054383", YES),
        ("container", "", "CSQU3054384", "CSQU3054384", NO),
        ("iban", "", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432", YES),
        ("iban", "", "GB82 WEST 1234 5698 7654 33", "GB82WEST12345698765433", NO),
        ("wallet", "", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", YES),
        ("wallet", "", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", NO),
        ("wallet", "", "0xDE0B295669a9FD93d5F28D9Ec85E40f4cb697BAe", "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", UNKNOWN),
        ("plate", "NM", "gh-417 b", "GH417B", UNKNOWN),
        ("email", "", "Mailto:Ana.W@NFIS.example", "ana.w@nfis.example", YES),
        ("email", "", "ana at nfis", "anaatnfis", NO),
        ("email", "", "--", "", UNKNOWN),
        ("phone", "US", "(702) 919-1300", "+17029191300", YES),
        ("phone", "", "+1 702 919 1300", "+17029191300", YES),
        ("phone", "", "0044 20 7946 0018", "+442079460018", YES),
        ("phone", "GB", "020 7946 0018", "+442079460018", YES),
        ("phone", "MX", "55 1234 5678", "+525512345678", YES),
        ("phone", "", "+999 55 014 7720", "+999550147720", UNKNOWN),
        ("phone", "", "+99 55 014 7720", "+99550147720", UNKNOWN),
        ("phone", "NM", "555 0100", "5550100", UNKNOWN),
        ("phone", "US", "12", "+112", UNKNOWN),
        ("other", "", " \N{FULLWIDTH DIGIT FOUR}\N{ARABIC-INDIC DIGIT TWO} b ", "42B", UNKNOWN),
        ("other", "", "---", "", UNKNOWN),
    ],
)  # fmt: skip
def test_an_identifier_has_one_form_and_a_flag(kind, country, raw, form, valid):
    assert normalise(kind, country, raw) == (form, valid)


@pytest.mark.parametrize(
    ("text", "digit"),
    [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("ZE184226B<<<<<", "1"), ("L898902C3674081221204159ZE184226B<<<<<1", "0")],
)
def test_the_digits_of_a_passports_zone_are_those_of_icao_9303(text, digit):
    assert zone_digit(text) == digit


COUNTRIES = [
    "",
    "US",
    "MX",
    "GT",
    "AR",
    "BR",
    "CL",
    "CO",
    "PE",
    "VE",
    "ES",
    "PT",
    "CR",
    "CU",
    "DO",
    "EC",
    "SV",
    "UY",
    "PY",
    "CA",
    "GB",
    "NM",
]
WRITTEN = st.one_of(
    st.text(max_size=60),
    st.text("0123456789ABCKVJ.-/ +", max_size=25),
    st.from_regex(r"\A\+?[0-9 ()-]{3,20}\Z"),
    st.from_regex(r"\A[A-Z&Ñ]{4}[0-9]{6}[0-9A-Z]{3}\Z"),
)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(IdentifierType.values), st.sampled_from(COUNTRIES), WRITTEN)
def test_whatever_is_written_has_a_form_that_does_not_change_again(kind, country, raw):
    form, valid = normalise(kind, country, raw)
    assert len(form) <= 200
    assert normalise(kind, country, form) == (form, valid)
    assert form or not any(letter.isalnum() and letter.isascii() for letter in raw)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\A[A-Z0-9]{6,12}\Z"), st.lists(st.sampled_from(" -./"), min_size=1, max_size=4))
def test_spaces_dots_and_case_do_not_tell_two_writings_apart(number, marks):
    dressed = "".join(letter + marks[at % len(marks)] for at, letter in enumerate(number)).lower()
    assert normalise("passport", "NM", dressed)[0] == normalise("passport", "NM", number)[0] == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mx", "MX"), ("Egypt", "EG"), ("bosnia and herzegovina", "BA"), ("Côte d'Ivoire", "CI"), ("Burma", "MM"), ("UK", "GB"),
        ("congo, democratic republic of the", "CD"), ("Trinidad & Tobago", "TT"), ("", ""), ("Atlantis", "ATLANTIS"), ("x" * 90, "X" * 60),
    ],
)  # fmt: skip
def test_a_country_has_one_code(written, code):
    assert country_code(written) == code
    assert country_code(code) == code
