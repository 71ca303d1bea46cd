"""How numbers are written: the shape of each scheme, and the words that announce it.

A shape that nothing else has is offered right or wrong, for a false number is a fact too; one that many numbers share only where its
check holds and it is of the reader's own country, or where a word before it says what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

BEFORE, AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"


class Offer(Enum):
    ALWAYS = "its shape says what it is"
    IF_IT_HOLDS = "where the check holds"
    AT_HOME = "where the check holds, in its own country"
    IF_SAID = "after a word that says so"


@dataclass(frozen=True, slots=True)
class Shape:
    """A scheme as it is written; `rank` grows as the check gets looser, `words` may stand before it."""

    type: str
    country: str
    rank: int
    offer: Offer
    pattern: re.Pattern[str]
    words: tuple[str, ...] = ()


def _shape(type: str, country: str, rank: int, offer: Offer, pattern: str, *words: str) -> Shape:  # noqa: A002
    return Shape(type, country, rank, offer, re.compile(f"{BEFORE}(?:{pattern}){AFTER}", re.ASCII), words)


A, H, N, S = Offer.ALWAYS, Offer.IF_IT_HOLDS, Offer.AT_HOME, Offer.IF_SAID

WORLDWIDE = (
    _shape("vin", "", 4, A, r"(?=[A-Z]{0,16}\d)(?=\d{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}", "vin", "chassi", "chasis"),
    _shape("container", "", 5, A, r"[A-Z]{3}[UJZ][ -]?\d{6}[ -]?\d"),
    _shape("imo", "", 6, A, r"IMO[ :#-]{0,2}\d{7}"),
    _shape("wallet", "", 2, A, r"(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{11,87}"),
    _shape("wallet", "", 2, H, r"[13][1-9A-HJ-NP-Za-km-z]{25,34}"),
    _shape("wallet", "", 8, A, r"0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}"),
    _shape("mac", "", 9, A, r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"),
    _shape("imei", "", 10, H, r"\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d", "imei"),
    _shape("imei", "", 10, S, r"\d{14,16}", "imei"),
    _shape("imsi", "", 22, H, r"\d{15}", "imsi"),
    _shape("passport", "", 40, S, r"[A-Z]{0,2}\d{6,9}", "passport", "pasaporte", "passaporte", "passeport"),
)  # fmt: skip
NATIONAL = (
    _shape("account", "MX", 7, H, r"\d{3}[ -]?\d{3}[ -]?\d{11}[ -]?\d", "clabe"),
    _shape("account", "AR", 7, H, r"\d{8}[ -]?\d{14}", "cbu"),
    _shape("national-id", "MX", 8, A, r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d", "curp"),
    _shape("tax-id", "MX", 12, A, r"[A-ZÑ&]{3,4}-?\d{6}-?[0-9A-Z]{3}", "rfc"),
    _shape("social-security", "US", 26, A, r"\d{3}-\d{2}-\d{4}", "ssn"),
    _shape("national-id", "BR", 11, A, r"\d{3}\.\d{3}\.\d{3}-\d{2}", "cpf"),
    _shape("national-id", "BR", 21, N, r"\d{9}-?\d{2}", "cpf"),
    _shape("tax-id", "BR", 9, A, r"[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}", "cnpj"),
    _shape("tax-id", "BR", 21, N, r"[0-9A-Z]{12}\d{2}", "cnpj"),
    _shape("national-id", "CL", 13, A, r"\d{1,2}\.\d{3}\.\d{3}-[\dKk]", "rut", "run"),
    _shape("national-id", "CL", 23, N, r"\d{7,8}-?[\dKk]", "rut", "run"),
    _shape("tax-id", "CO", 23, N, r"\d{3}\.?\d{3}\.?\d{3}-?\d", "nit"),
    _shape("tax-id", "AR", 13, A, r"\d{2}-\d{8}-\d", "cuit", "cuil"),
    _shape("tax-id", "AR", 22, N, r"\d{11}", "cuit", "cuil"),
    _shape("national-id", "AR", 42, S, r"\d{1,2}\.?\d{3}\.?\d{3}", "dni"),
    _shape("tax-id", "PE", 22, N, r"(?:10|15|17|20)\d{9}", "ruc"),
    _shape("national-id", "PE", 42, S, r"\d{8}(?:-[0-9A-K])?", "dni"),
    _shape("tax-id", "EC", 22, N, r"\d{13}", "ruc"),
    _shape("national-id", "EC", 23, N, r"\d{9}-?\d", "cédula", "cedula"),
    _shape("national-id", "GT", 13, H, r"\d{4} \d{5} \d{4}", "dpi", "cui"),
    _shape("national-id", "GT", 22, N, r"\d{13}", "dpi", "cui"),
    _shape("tax-id", "GT", 24, N, r"\d{6,7}-?[\dKk]", "nit"),
    _shape("tax-id", "SV", 12, A, r"\d{4}-\d{6}-\d{3}-\d", "nit"),
    _shape("national-id", "DO", 13, A, r"\d{3}-\d{7}-\d", "cédula", "cedula"),
    _shape("national-id", "CR", 25, N, r"\d-?\d{4}-?\d{4}", "cédula", "cedula"),
    _shape("national-id", "CU", 22, N, r"\d{11}", "carné", "carne"),
    _shape("tax-id", "PY", 24, N, r"\d{6,8}-\d", "ruc"),
    _shape("tax-id", "UY", 22, N, r"\d{12}", "rut"),
    _shape("tax-id", "VE", 14, H, r"[VEJPG]-?\d{8}-?\d", "rif"),
    _shape("social-security", "CA", 24, N, r"\d{3}[ -]?\d{3}[ -]?\d{3}", "sin"),
    _shape("tax-id", "US", 43, S, r"\d{2}-\d{7}", "ein"),
    _shape("national-id", "ES", 14, H, r"\d{8}-?[A-Z]", "dni", "nif"),
    _shape("national-id", "ES", 12, A, r"[XYZ]-?\d{7}-?[A-Z]", "nie"),
    _shape("national-id", "PT", 13, H, r"\d{8} ?\d ?[A-Z]{2}\d", "cidadão"),
    _shape("tax-id", "PT", 23, N, r"\d{3} ?\d{3} ?\d{3}", "nif", "contribuinte"),
)  # fmt: skip

PLATE_WORDS = ("plate", "placa", "patente", "matrícula", "matricula", "immatriculation", "immatriculée", "plaque")
PLATES = {
    "BR": r"[A-Z]{3}\d[A-Z]\d{2}|[A-Z]{3}-\d{4}",
    "ES": r"\d{4}[ -]?[BCDFGHJ-NPRSTV-Z]{3}",
    "FR": r"[A-Z]{2}-\d{3}-[A-Z]{2}",
    "PT": r"[A-Z]{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}",
    "AR": r"[A-Z]{2} \d{3} [A-Z]{2}",
    "MX": r"[A-Z]{3}-\d{3}-[A-Z]|[A-Z]{3}-\d{2}-\d{2}",
}  # fmt: skip
"""Where the shape is that of one country alone; the letters of one that are nowhere else used."""
CERTAIN_PLATES = tuple((country, re.compile(f"{BEFORE}(?:{pattern}){AFTER}")) for country, pattern in PLATES.items())
PERHAPS_A_PLATE = re.compile(f"{BEFORE}(?:[A-Z]{{2,3}}[ -]?\\d{{2,4}}(?:[ -]?[A-Z]{{1,2}})?|\\d{{2,4}}[ -]?[A-Z]{{2,3}}){AFTER}")
IBAN = re.compile(BEFORE + r"[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?" + AFTER)
CARD = re.compile(BEFORE + r"(?:\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{3})?|3[47]\d{2}[ -]?\d{6}[ -]?\d{5})" + AFTER)
ISSUERS = re.compile(r"4|5[0-8]|2[2-7]|3[47]|36|35|6")
"""The first digits of payment cards in use."""
