"""Identifiers of persons and things: how they are normalised and checked. A bad check digit is flagged, never refused:
criminals use false documents, and the false number is the fact.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Validity(TextChoices):
    YES = "yes", _("Check digit holds")
    NO = "no", _("Check digit does not hold")
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
    OTHER = "other", _("Other")
