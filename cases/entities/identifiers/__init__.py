"""Identifiers of persons and things: how they are normalised and checked. A bad check digit is flagged, never refused:
criminals use false documents, and the false number is the fact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from cases.entities.identifiers.countries import country_code
from cases.entities.identifiers.schemes import holds

__all__ = ["IdentifierType", "Validity", "country_code", "normalise"]


class Validity(TextChoices):
    YES = "yes", _("Checks out")
    NO = "no", _("Does not check out")
    UNKNOWN = "unknown", _("Not checked")


class IdentifierType(TextChoices):
    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    NATIONAL_ID = "national-id", _("National identity number")
    TAX_ID = "tax-id", _("Tax number")
    SOCIAL_SECURITY = "social-security", _("Social security number")
    PASSPORT = "passport", _("Passport")
    DOCUMENT = "document", _("Other document")
    REGISTRATION = "registration", _("Company registration")
    IBAN = "iban", _("IBAN")
    ACCOUNT = "account", _("Account number")
    WALLET = "wallet", _("Wallet address")
    PLATE = "plate", _("Number plate")
    VIN = "vin", _("Vehicle identification number")
    IMO = "imo", _("IMO ship number")
    CONTAINER = "container", _("Container number")
    IMEI = "imei", _("IMEI")
    IMSI = "imsi", _("IMSI")
    MEID = "meid", _("MEID")
    MAC = "mac", _("MAC address")
    BIC = "bic", _("BIC of a bank")
    ROUTING = "routing", _("Bank routing number")
    LEI = "lei", _("Legal entity identifier")
    MRZ = "mrz", _("Machine readable zone")
    OTHER = "other", _("Other")


LONGEST = 200
VERDICTS = {True: Validity.YES, False: Validity.NO, None: Validity.UNKNOWN}


def normalise(type: str, country: str, raw: str) -> tuple[str, Validity]:  # noqa: A002
    """The form in which two agencies' writings of one identifier compare equal, and whether it keeps its scheme's rule.

    Nothing is refused. The form is "" only where nothing was written that could be compared (no letter and no digit).
    Normalising a normal form changes nothing.
    """
    country = country_code(country)
    if type == IdentifierType.PHONE:
        return _phone(country, raw)
    if type == IdentifierType.EMAIL:
        return _email(raw)
    if type == IdentifierType.WALLET:
        number = _wallet(raw)
    elif type == IdentifierType.IMO:
        number = _bare(raw).removeprefix("IMO")
    else:
        number = _bare(raw, keep=_letters_beside(type, country))
    return number, VERDICTS[holds(type, country, number)]


def _letters_beside(type: str, country: str) -> str:  # noqa: A002
    """An ampersand is a letter of Mexico's RFC, the filler one of the zone that passport readers read."""
    if type == IdentifierType.MRZ:
        return "<"
    return "&" if (type, country) == (IdentifierType.TAX_ID, "MX") else ""


def _settled(step: Callable[[str], str], text: str) -> str:
    """A step applied until it changes nothing more: one character's other form may have a third."""
    for _round in range(9):
        before, text = text, step(text)[:LONGEST]
        if text == before:
            break
    return text


def _bare(raw: str, keep: str = "") -> str:
    """Letters and digits alone, in capitals, in one spelling per character."""

    def step(text: str) -> str:
        return "".join(_ascii_digit(ch) for ch in unicodedata.normalize("NFKC", text.upper()) if ch.isalnum() or ch in keep)

    return _settled(step, unicodedata.normalize("NFKC", raw))


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _phone(country: str, raw: str) -> tuple[str, Validity]:
    """E.164 where the numbering plans know the number; else its digits, with the plus sign if it had one."""
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    text = unicodedata.normalize("NFKC", raw).strip()[:LONGEST]
    digits = "".join(_ascii_digit(ch) for ch in text if ch.isdecimal())
    if not digits:
        return _bare(raw), Validity.UNKNOWN
    if region is None and not text.startswith("+") and digits.startswith("00"):
        text = "+" + (digits.lstrip("0") or digits)
    plain = "+" + (digits.lstrip("0") or digits) if text.startswith("+") else digits
    for form in (text, plain):
        if number := _in_plan(form, region):  # a plan may be younger than what is known of it: nothing proves a number wrong
            return _e164(number), Validity.YES if phonenumbers.is_valid_number(number) else Validity.UNKNOWN
    return plain, Validity.UNKNOWN


def _in_plan(text: str, region: str | None) -> PhoneNumber | None:
    """The number as the plans read it; None where they cannot, or would read its E.164 form as another number."""
    try:
        number = phonenumbers.parse(text, region)
        again = phonenumbers.parse(_e164(number), region)
    except NumberParseException:
        return None
    return number if _e164(again) == _e164(number) else None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _email(raw: str) -> tuple[str, Validity]:
    """In small letters: no mail service in use tells capitals apart."""

    def step(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", text).lower().split()).strip("<>").removeprefix("mailto:")

    text = _settled(step, raw)
    if not any(ch.isalnum() for ch in text):
        return "", Validity.UNKNOWN
    try:
        validate_email(text)
    except ValidationError:
        return text, Validity.NO
    return text, Validity.YES


def _wallet(raw: str) -> str:
    """Base58 tells capitals apart; hexadecimal and bech32 do not."""

    def step(text: str) -> str:
        bare = "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isalnum())
        return bare.lower() if bare.lower().startswith(("0x", "bc1", "tb1", "ltc1")) else bare

    return _settled(step, raw)
