"""The terms of a version in the reader's words, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import Agency
from cases.casefiles.offences import title_of
from cases.records.handling import CODES, Code
from sharing.agreements.models import ENFORCED_BY, Condition, Version
from sharing.agreements.terms import LANGUAGES, DataKind, Evidence, Kind, Onward, Role


def shown(version: Version | None, parties: Iterable[Agency]) -> dict[str, Any]:
    """Each term with its words: a party's name for its id, a code's wording for a code. Empty where there is no version."""
    if version is None:
        return {}
    said, names = version.read, {str(agency.pk): agency for agency in parties}
    return {
        "kind": Kind(said.kind).label,
        "offences": [f"{code} {title_of(code)}" for code in said.offences],
        "data_kinds": [DataKind(each).label for each in said.data_kinds],
        "codes": _codes(said.handling_codes),
        "directions": [(agency, _codes(said.codes[pk])) for pk, agency in names.items() if pk in said.codes],
        "retention_months": said.retention_months,
        "onward": Onward(said.onward).label,
        "evidence": Evidence(said.evidence).label,
        "languages": [LANGUAGES[each] for each in said.languages],
        "conditions": [(Condition(each).label, ENFORCED_BY[Condition(each)]) for each in said.conditions],
        "contacts": [(names.get(row["agency"]), Role(row["role"]).label, row) for row in said.contacts],
        "levels": [[(names[pk], level) for pk, level in row.items() if pk in names] for row in said.levels],
    }


def _codes(written: Iterable[str]) -> list[Code]:
    return [CODES[scheme, code] for scheme, _colon, code in (each.partition(":") for each in written)]
