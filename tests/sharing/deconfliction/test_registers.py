"""Two agencies' registers, real in size and mess: everything both hold is found, and each desk is told once."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Notice
from cases.casefiles import actions as casefiles
from cases.casefiles.models import NoticeMode
from cases.entities.models import Mention
from sharing.deconfliction import tasks
from sharing.deconfliction.models import Hit, HitSide
from sharing.deconfliction.notices import DESK_HITS

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "matching"
SHARED = {"ofac_persons": 142, "febrl4": 2_284}


def shared_by_both(records: Path) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """Identifiers that stand on both sides of the file, letter by letter, each with the pairs of rows that share it."""
    sides: dict[str, dict[tuple[str, ...], set[str]]] = {"a": defaultdict(set), "b": defaultdict(set)}
    with records.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for written in filter(None, row["ids"].split("|")):
                sides[row["side"]][tuple(written.split(":", 2))].add(row["id"])
    both = sides["a"].keys() & sides["b"].keys()
    return {key: {(a, b) for a in sides["a"][key] for b in sides["b"][key]} for key in both}


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.skipif(not DATA.exists(), reason="the labelled data are not part of the repository")
def test_every_identifier_that_two_registers_share_is_found(committed_db, ana, bela, agreement, name):
    records = DATA / name / "records.csv"
    for officer, side in ((ana, "a"), (bela, "b")):
        casefile = casefiles.open_case(officer=officer, title="Register", notice_mode=NoticeMode.BOTH)
        call_command("import_holdings", records, officer=officer.email, file=casefile.reference, side=side)
    tasks.compare_changes()

    there = shared_by_both(records)
    assert len(there) == SHARED[name]
    rows = dict(Mention.objects.unscoped("test").values_list("pk", "row_key"))
    met: dict[object, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
    for hit, agency, mention in HitSide.objects.unscoped("test").filter(told_at__isnull=False).values_list("hit", "agency", "mention"):
        met[hit][agency].add(rows[mention])
    found = {(a, b) for sides in met.values() for a in sides[ana.agency_id] for b in sides[bela.agency_id]}
    assert found == set().union(*there.values())
    assert Hit.objects.unscoped("test").count() == SHARED[name]
    assert Notice.objects.filter(kind=DESK_HITS, officer=ana).count() == 1
