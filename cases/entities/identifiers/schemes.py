"""Whether a number keeps the rule of its scheme: python-stdnum where it knows the scheme, our own checks where it does not.

A checker says True (the check holds), False (it does not) or None (not this scheme's shape, or nothing in it to check).
Numbers come in as letters and digits alone, in capitals.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

from stdnum import bic, bitcoin, iban, imo, imsi, iso6346, lei, luhn, mac, meid
from stdnum.ar import cbu, cuit
from stdnum.br import cnpj, cpf
from stdnum.ca import bn, sin
from stdnum.cl import rut as cl_rut
from stdnum.co import nit as co_nit
from stdnum.cr import cpf as cr_cpf
from stdnum.cr import cpj as cr_cpj
from stdnum.cr import cr as cr_dimex
from stdnum.cu import ni as cu_ni
from stdnum.do import cedula as do_cedula
from stdnum.do import rnc as do_rnc
from stdnum.ec import ci as ec_ci
from stdnum.ec import ruc as ec_ruc
from stdnum.es import dni as es_dni
from stdnum.es import nie as es_nie
from stdnum.es import nif as es_nif
from stdnum.exceptions import InvalidComponent, InvalidFormat, InvalidLength, ValidationError
from stdnum.gt import nit as gt_nit
from stdnum.mx import curp, rfc
from stdnum.pe import cui as pe_cui
from stdnum.pe import ruc as pe_ruc
from stdnum.pt import cc as pt_cc
from stdnum.pt import nif as pt_nif
from stdnum.py import ruc as py_ruc
from stdnum.sv import nit as sv_nit
from stdnum.us import ein, itin, rtn, ssn
from stdnum.uy import rut as uy_rut
from stdnum.ve import rif as ve_rif

Checker = Callable[[str], bool | None]


def by(module: Any, **how: Any) -> Checker:
    """python-stdnum's own verdict; None for what does not even have the scheme's shape."""

    def check(number: str) -> bool | None:
        try:
            module.validate(number, **how)
        except (InvalidLength, InvalidFormat):
            return None
        except ValidationError:
            return False
        return True

    return check


def strictly(checker: Checker) -> Checker:
    """For a type with one scheme only: what does not have its shape is wrong."""
    return lambda number: bool(checker(number))


def clabe(number: str) -> bool | None:
    """Mexico's interbank account: 18 digits, weights 3, 7, 1 repeating, each product modulo 10."""
    if not number.isdigit() or len(number) != 18:  # noqa: PLR2004
        return None
    total = sum(int(digit) * weight % 10 for digit, weight in zip(number[:17], cycle((3, 7, 1)), strict=False))
    return (10 - total % 10) % 10 == int(number[17])


VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_CHECK = 8  # counted from 0


def vin(number: str) -> bool | None:
    """ISO 3779. The check digit binds in North America alone: elsewhere a wrong one proves nothing."""
    if len(number) != len(VIN_WEIGHTS) or not set(number) <= set(VIN_VALUES):
        return False
    total = sum(VIN_VALUES[letter] * weight for letter, weight in zip(number, VIN_WEIGHTS, strict=True))
    if number[VIN_CHECK] == "0123456789X"[total % 11]:
        return True
    return False if number[0] in "12345" else None


MUNICIPALITIES = (17, 8, 16, 16, 13, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17)
"""How many each of Guatemala's departments has, in the order of their codes."""


def guatemalan_cui(number: str) -> bool | None:
    """The number of the DPI: eight digits and their check digit, then department and municipality, two digits each."""
    if not number.isdigit() or len(number) != 13:  # noqa: PLR2004
        return None
    department, municipality = int(number[9:11]), int(number[11:])
    if not 1 <= department <= len(MUNICIPALITIES) or not 1 <= municipality <= MUNICIPALITIES[department - 1]:
        return False
    return sum(int(digit) * weight for weight, digit in enumerate(number[:8], start=2)) % 11 == int(number[8])


def peruvian_dni(number: str) -> bool | None:
    """Eight digits carry no check; the ninth character, where it was written down, does."""
    return by(pe_cui)(number) if number[8:] else None


def mexican_rfc(number: str) -> bool | None:
    """The check character is not kept by every RFC in force, so a wrong one proves nothing; a wrong date does."""
    held = by(rfc)(number)
    if held and len(number) > 10:  # noqa: PLR2004 - without what distinguishes namesakes there is no check
        return by(rfc, validate_check_digits=True)(number) or None
    return False if held is False else None


def iban_number(number: str) -> bool | None:
    """ISO 13616; of a country that is not in the register only a wrong remainder can be told."""
    try:
        iban.validate(number, check_country=False)
    except InvalidComponent:
        return None
    except ValidationError:
        return False
    return True


def imei_number(number: str) -> bool | None:
    """Fifteen digits end in a Luhn digit; fourteen (without it) and sixteen (with the software version) do not."""
    if not number.isdigit() or len(number) not in {14, 15, 16}:
        return False
    return luhn.is_valid(number) if len(number) == 15 else None  # noqa: PLR2004


def imsi_number(number: str) -> bool | None:
    """No check digit, but country and network are registered; one that is not known may be younger than the register."""
    try:
        imsi.validate(number)
    except InvalidComponent:
        return None
    except ValidationError:
        return False
    return True


def meid_number(number: str) -> bool | None:
    """Fourteen hexadecimal digits or eighteen decimal ones; a check digit follows only where it was written down."""
    if len(number) in {14, 18}:
        return None
    return strictly(by(meid))(number)


def mac_address(number: str) -> bool | None:
    return strictly(by(mac))(":".join(number[at : at + 2] for at in range(0, len(number), 2)))


def zone_digit(text: str) -> str:
    """ICAO 9303: weights 7, 3, 1 repeating; A is 10 and Z 35, the filler 0; the sum modulo 10."""
    values = (0 if letter == "<" else int(letter, 36) for letter in text)
    return str(sum(value * weight for value, weight in zip(values, cycle((7, 3, 1)), strict=False)) % 10)


def machine_readable_zone(zone: str) -> bool | None:
    """ICAO 9303, all lines in one: passports (88 characters, or the second line's 44), cards (90), and what lies between (72)."""
    parts = {
        44: lambda: _two_lines(zone), 88: lambda: _two_lines(zone[44:]), 72: lambda: _two_lines(zone[36:]),
        90: lambda: [(zone[5:14], zone[14]), (zone[30:36], zone[36]), (zone[38:44], zone[44]),
                     (zone[5:30] + zone[30:37] + zone[38:45] + zone[48:59], zone[59])],
    }.get(len(zone))  # fmt: skip
    if parts is None:
        return None
    return all(zone_digit(text) == digit or (digit == "<" and not text.strip("<")) for text, digit in parts())


def _two_lines(line: str) -> list[tuple[str, str]]:
    """Number, birth, expiry and the whole of a second line, each with its digit; a passport's personal number has one too."""
    pairs = [(line[0:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27])]
    pairs += [(line[28:42], line[42])] if len(line) == 44 else []  # noqa: PLR2004
    return [*pairs, (line[0:10] + line[13:20] + line[21 : len(line) - 1], line[-1])]


def bitcoin_address(number: str) -> bool | None:
    return by(bitcoin)(number) if number.startswith(("1", "3", "bc1")) else None


WORLDWIDE: dict[str, Checker] = {
    "iban": iban_number,
    "imei": imei_number,
    "imsi": imsi_number,
    "meid": meid_number,
    "mac": mac_address,
    "bic": strictly(by(bic)),
    "lei": strictly(by(lei)),
    "mrz": machine_readable_zone,
    "imo": strictly(by(imo)),
    "container": strictly(by(iso6346)),
    "vin": vin,
    "wallet": bitcoin_address,
}
NATIONAL: dict[tuple[str, str], tuple[Checker, ...]] = {
    ("account", "AR"): (by(cbu),),
    ("account", "MX"): (clabe,),
    ("national-id", "AR"): (by(cuit),),
    ("national-id", "BR"): (by(cpf),),
    ("national-id", "CA"): (by(sin),),
    ("national-id", "CL"): (by(cl_rut),),
    ("national-id", "CR"): (by(cr_cpf), by(cr_dimex)),
    ("national-id", "CU"): (by(cu_ni),),
    ("national-id", "DO"): (by(do_cedula),),
    ("national-id", "EC"): (by(ec_ci),),
    ("national-id", "ES"): (by(es_dni), by(es_nie)),
    ("national-id", "GT"): (guatemalan_cui,),
    ("national-id", "MX"): (by(curp),),
    ("national-id", "PE"): (peruvian_dni,),
    ("national-id", "PT"): (by(pt_cc),),
    ("national-id", "US"): (by(ssn),),
    ("routing", "US"): (strictly(by(rtn)),),
    ("social-security", "CA"): (strictly(by(sin)),),
    ("social-security", "US"): (strictly(by(ssn)),),
    ("tax-id", "AR"): (by(cuit),),
    ("tax-id", "BR"): (by(cpf), by(cnpj)),
    ("tax-id", "CA"): (by(sin), by(bn)),
    ("tax-id", "CL"): (by(cl_rut),),
    ("tax-id", "CO"): (by(co_nit),),
    ("tax-id", "CR"): (by(cr_cpf), by(cr_cpj), by(cr_dimex)),
    ("tax-id", "DO"): (by(do_rnc), by(do_cedula)),
    ("tax-id", "EC"): (by(ec_ruc),),
    ("tax-id", "ES"): (by(es_nif),),
    ("tax-id", "GT"): (by(gt_nit),),
    ("tax-id", "MX"): (mexican_rfc,),
    ("tax-id", "PE"): (by(pe_ruc),),
    ("tax-id", "PT"): (by(pt_nif),),
    ("tax-id", "PY"): (by(py_ruc),),
    ("tax-id", "SV"): (by(sv_nit),),
    ("tax-id", "US"): (by(ein), by(itin), by(ssn)),
    ("tax-id", "UY"): (by(uy_rut),),
    ("tax-id", "VE"): (by(ve_rif),),
}
"""By type of identifier and ISO country. Colombia's cédula, Argentina's DNI and passports have no check digit: not here. Nor are those
of Honduras, Nicaragua, Panama, Bolivia, Jamaica, Trinidad and Tobago, and Haiti, whose rules nobody has published in a form we could check.
"""


def holds(type: str, country: str, number: str) -> bool | None:  # noqa: A002
    """Whether the number keeps the rule of one of the schemes it may belong to; None where none has anything to say."""
    checkers = (WORLDWIDE[type],) if type in WORLDWIDE else NATIONAL.get((type, country), ())
    if not number.replace("Ñ", "N").isascii():
        return None
    said = {checker(number) for checker in checkers}
    return True if True in said else False if False in said else None
