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
