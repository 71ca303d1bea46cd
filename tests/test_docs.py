"""What the documents point to is there."""

import re

import pytest

from tests.house import ROOT

DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PATHS = re.compile(r"`((?:accounts|audit|benchmarks|cases|docs|kernel|portal|sharing|static|templates|tests)/[\w./-]*)`")
LINKS = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_and_every_link_leads_somewhere(name):
    document = ROOT / name
    text = document.read_text()
    dead = [path for path in PATHS.findall(text) if not (ROOT / path).exists()]
    dead += [link for link in LINKS.findall(text) if not (document.parent / link).exists()]
    assert not dead


def test_every_decision_has_a_number_of_its_own_and_bears_it():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for number, path in enumerate(decisions, start=1):
        assert path.read_text().startswith(f"# {number}. ")
