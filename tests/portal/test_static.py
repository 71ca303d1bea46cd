"""What every page loads: small enough for a bad line, and nothing that the content security policy would have to allow."""

import gzip
import re
from pathlib import Path

import pytest

from portal.context import RAIL
from portal.templatetags.ui import NOTE_ICONS

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", sorted((ROOT / "templates").rglob("*.html"))
CSS, SPRITE = STATIC / "css/portal.css", STATIC / "vendor/lucide/icons.svg"
FIRST_LOAD = 64_000  # bytes; with headers and the page itself it stays under 80 KB
BY_EVERY_PAGE = [CSS, SPRITE, STATIC / "img/mark.svg", STATIC / "vendor/htmx/htmx.min.js", *(STATIC / "js").glob("*.js")]


def test_the_first_page_is_small():
    font = (STATIC / "vendor/fonts/public-sans-latin-wght-normal.woff2").stat().st_size
    assert font + sum(len(gzip.compress(path.read_bytes())) for path in BY_EVERY_PAGE) < FIRST_LOAD
    assert CSS.stat().st_size < 26_000
    assert SPRITE.stat().st_size < 20_000


def test_both_dark_blocks_say_the_same():
    css = CSS.read_text()
    follows = re.search(r':not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)
    chosen = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    assert follows
    assert chosen
    assert follows[1].split() == chosen[1].split()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_needs_nothing_inline(path: Path):
    text = path.read_text()
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|hx-on|\bjs:", text)


def test_every_drawing_that_is_named_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'{% (?:icon|nothing) "([^"]+)"', path.read_text())}
    code = [path for room in ("portal", "sharing", "cases", "accounts", "audit") for path in (ROOT / room).rglob("*.py")]
    named |= {name for path in code for name in re.findall(r'\bicon="([a-z0-9-]+)"', path.read_text())}
    named |= {entry.icon for _title, entries in RAIL for entry in entries} | set(NOTE_ICONS.values())
    assert named - drawn == set()
