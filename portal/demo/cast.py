"""The cast of the demo and of the tests: fictional people of fictional agencies in fictional countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts import actions
from accounts.models import Agency, Officer, Unit
from accounts.roles import READER, Deed, Role

PASSWORD = "harbor-ledger-2026"  # noqa: S105  the demo's, printed on start and worth nothing elsewhere


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast: who they are, where they serve, and what they are there for."""

    key: str
    name: str
    rank: str
    agency: str
    roles: tuple[Role, ...]


COUNTRIES: dict[str, dict[str, Any]] = {
    "NM": {"code": "NM", "name": "Northmark", "languages": ["en"]},
    "CV": {"code": "CV", "name": "Costa Aurélia", "languages": ["pt"]},
    "SC": {"code": "SC", "name": "Sierra Clara", "languages": ["es"]},
    "SE": {"code": "SE", "name": "Saint-Évariste", "languages": ["fr"]},
}
COUNTRY_RULES: dict[str, list[dict[str, Any]]] = {
    "SC": [
        {
            "key": "prosecutors-direct-investigations",
            "value": True,
            "law": "Sierra Clara, Code of Criminal Procedure, art. 74",
            "reviewed_on": date(2026, 9, 1),
        },
        {
            "key": "intelligence-as-evidence",
            "value": "never",
            "law": "Sierra Clara, Intelligence Act, art. 35",
            "reviewed_on": date(2026, 9, 1),
        },
    ],
}
DIRECTING_PROSECUTOR = READER | {
    Deed.CASES_WORK, Deed.CASES_DIRECT, Deed.ADVICE_GIVE, Deed.INTELLIGENCE_RECORD, Deed.RELEASES_REQUEST, Deed.DECONFLICTION_READ,
}  # fmt: skip
SERVICE_PROSECUTOR = READER | {Deed.CASES_LEAD, Deed.ADVICE_GIVE, Deed.AGREEMENTS_SIGN}
"""Joins joint cases for the service and names who advises in them; opens no case and records nothing."""
ADVISERS = (("NFIS", "NPS", "Northmark, Prosecution Service Act, s. 9"),)
AGENCIES: dict[str, dict[str, Any]] = {
    "NFIS": {
        "country": "NM", "name": "Northmark Federal Investigation Service", "seal": "NM", "time_zone": "America/New_York", "language": "en",
        "grading_scheme": "admiralty",
        "unit": "Financial crime", "desk": ("NFIS financial crime desk", "+1 202 555 0140", "desk@nfis.example", "24 hours", ["en", "es"]),
    },
    "NPS": {
        "country": "NM", "name": "Northmark Prosecution Service", "seal": "NP", "time_zone": "America/New_York", "language": "en",
        "unit": "Economic crime", "desk": ("NPS registry", "+1 202 555 0151", "registry@nps.example", "Mon to Fri 08:00-18:00", ["en"]),
        "deeds": {Role.PROSECUTOR: SERVICE_PROSECUTOR},
        "laws": {Deed.CASES_LEAD: "Northmark, Prosecution Service Act, s. 4", Deed.ADVICE_GIVE: "Northmark, Prosecution Service Act, s. 9"},
    },
    "SIC": {
        "country": "CV", "name": "Serviço de Inteligência Criminal", "seal": "CA", "time_zone": "America/Sao_Paulo", "language": "pt",
        "grading_scheme": "europol",
        "unit": "Financial investigations", "desk": ("SIC duty desk", "+55 61 5550 0188", "plantao@sic.example", "24 hours", ["pt", "es"]),
    },
    "MP": {
        "country": "CV", "name": "Ministério Público da Costa Aurélia", "seal": "MP", "time_zone": "America/Sao_Paulo", "language": "pt",
        "unit": "Crimes financeiros",
        "desk": ("MP secretariat", "+55 61 5550 0190", "secretaria@mp.example", "Mon to Fri 09:00-17:00", ["pt"]),
    },
    "FN": {
        "country": "SC", "name": "Fiscalía Nacional de Sierra Clara", "seal": "SC", "time_zone": "America/Bogota", "language": "es",
        "unit": "Delitos económicos", "desk": ("FN guardia", "+57 1 555 0177", "guardia@fn.example", "24 hours", ["es", "en"]),
        "deeds": {Role.PROSECUTOR: DIRECTING_PROSECUTOR},
        "laws": {
            Deed.CASES_DIRECT: "Sierra Clara, Code of Criminal Procedure, art. 74",
            Deed.ADVICE_GIVE: "Sierra Clara, Code of Criminal Procedure, art. 78",
        },
    },
    "PJ": {
        "country": "SE", "name": "Police judiciaire de Saint-Évariste", "seal": "SE", "time_zone": "America/Martinique", "language": "fr",
        "unit": "Brigade financière", "desk": ("PJ permanence", "+596 596 55 01 66", "permanence@pj.example", "24 hours", ["fr"]),
    },
}  # fmt: skip
CAST = (
    Person("ana", "Ana Whitcombe", "Special investigator", "NFIS", (Role.INVESTIGATOR,)),
    Person("sami", "Sami Okonjo-Hale", "Chief investigator", "NFIS", (Role.SUPERVISOR,)),
    Person("alma", "Alma Rydell", "Deputy director", "NFIS", (Role.SUPERVISOR,)),
    Person("iris", "Iris Fenwick", "Integrity office", "NFIS", (Role.INTEGRITY, Role.AUDITOR)),
    Person("adam", "Adam Lindqvist", "Administration", "NFIS", (Role.AGENCY_ADMIN,)),
    Person("petra", "Petra Vance", "Prosecutor", "NPS", (Role.PROSECUTOR,)),
    Person("bela", "Bela Arouche", "Inspetora", "SIC", (Role.INVESTIGATOR,)),
    Person("breno", "Breno Tavares", "Delegado", "SIC", (Role.SUPERVISOR,)),
    Person("paulo", "Paulo Esteves", "Promotor", "MP", (Role.PROSECUTOR,)),
    Person("tomas", "Tomás Arrecife", "Fiscal", "FN", (Role.INVESTIGATOR, Role.PROSECUTOR)),
    Person("sofia", "Sofía Monteverde", "Fiscal jefa", "FN", (Role.SUPERVISOR,)),
    Person("otto", "Otto Delacroix", "Lieutenant", "PJ", (Role.INVESTIGATOR,)),
)


def found_agencies() -> dict[str, Unit]:
    """Set up every agency of the cast with its one unit and desk; the units by agency."""
    units = {}
    for short_name, facts in AGENCIES.items():
        agency = _found_agency(short_name, facts)
        name, phone, email, hours, languages = facts["desk"]
        desk = {"name": name, "phone": phone, "email": email, "hours": hours, "languages": languages}
        units[short_name] = actions.found_unit(agency=agency, name=facts["unit"], desk=desk)
    return units


def name_advisers() -> None:
    """Say which prosecution service advises which agency's cases from their first day."""
    for agency, service, law in ADVISERS:
        named = {key: Agency.objects.get(short_name=name) for key, name in (("agency", agency), ("service", service))}
        actions.name_adviser(**named, law=law, reviewed_on=date(2026, 9, 1))


def _found_agency(short_name: str, facts: dict[str, Any]) -> Agency:
    own = {key: facts[key] for key in ("name", "seal", "time_zone", "language", "grading_scheme") if key in facts}
    country = facts["country"]
    return actions.found_agency(
        jurisdiction=COUNTRIES[country],
        country_rules=COUNTRY_RULES.get(country, ()),
        deeds=facts.get("deeds"),
        laws=facts.get("laws"),
        short_name=short_name,
        **own,
    )


def enrol_cast(units: dict[str, Unit]) -> dict[str, Officer]:
    """Enrol everybody; officers by key."""
    return {
        person.key: actions.enrol_officer(
            unit=units[person.agency], email=f"{person.key}@{person.agency.lower()}.example", name=person.name, rank=person.rank,
            password=PASSWORD, roles=person.roles,
        )
        for person in CAST
    }  # fmt: skip
