"""The portal speaks es, pt and fr in full: every string that is marked is said, with the same places, and compiled as it is written."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.house import ROOT, tree

MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "translate"}
SAID = re.compile(r"(?<!\w)(?:n?gettext|_)\(u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")")
PLACES = re.compile(r"%\(\w+\)[sd]|%%|{\w*}|</?\w+")
WINGS = ("accounts", "audit", "cases", "kernel", "portal", "sharing")
languages = pytest.mark.parametrize("language", ["es", "fr", "pt"])


def strings() -> Iterator[tuple[str, str]]:
    """Every marked string and where it stands."""
    for path in (path for wing in WINGS for path in (ROOT / wing).rglob("*.py")):
        for node in ast.walk(tree(path.relative_to(ROOT))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in MARKS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value, str(path.relative_to(ROOT))
    for path in (ROOT / "templates").rglob("*.*"):
        for found in SAID.finditer(templatize(path.read_text())):
            yield ast.literal_eval(found[1]), str(path.relative_to(ROOT))


def catalog(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


@languages
def test_every_string_is_said(language):
    said = {entry.msgid for entry in polib.pofile(str(catalog(language))).translated_entries()}
    missing = sorted({(where, text) for text, where in strings() if text not in said})
    assert not missing, "\n".join(f"{where}: {text}" for where, text in missing)


@languages
def test_what_is_filled_in_is_filled_in_there_too(language):
    for entry in polib.pofile(str(catalog(language))).translated_entries():
        variants = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        lawful = [set(PLACES.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        assert all(set(PLACES.findall(text)) in lawful for text in variants), entry.msgid


@languages
def test_what_is_compiled_is_what_is_written(language):
    written, compiled = polib.pofile(str(catalog(language))), polib.mofile(str(catalog(language).with_suffix(".mo")))
    wording = [{(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in each} for each in (written.translated_entries(), compiled)]
    assert wording[0] == wording[1]
