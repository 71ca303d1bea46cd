"""Templates: every word can be translated, nothing runs inline, every form is protected; and the tree speaks of the product alone."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house import ROOT, templates

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
CLASS = re.compile(r"\{%\s*block width\s*%\}.*?\{%\s*endblock\s*%\}")  # a class of the layout, no word
COMMENT = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
SPOKEN = {"alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "data-label", "content", "label"}
NAMES = {"Meridian", "UTC", "SHA-256", "TOTP", "JSON", "API", "Token", "Authorization", "Ctrl"}  # the same in every language
WORD = re.compile(r"[^\W\d_]{2,}")
each = pytest.mark.parametrize("path", templates(), ids=str)


class Words(HTMLParser):
    """Collects what a person reads or hears and gettext never sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        spoken = {name: value for name, value in said.items() if name in SPOKEN and value}
        if tag == "meta":
            spoken = {}
        if tag == "input" and said.get("type") in {"submit", "button", "reset"}:
            spoken["value"] = said.get("value")
        for value in spoken.values():
            self.hear(value or "")
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "svg"} & set(self.inside[-1:]):
            self.hear(data)

    def hear(self, text: str) -> None:
        words = [word for word in WORD.findall(text) if word not in NAMES]
        if words:
            self.found.append(" ".join(text.split())[:60])


def untranslated(source: str) -> list[str]:
    source = re.sub(r"(</?)\{%.*?%\}", r"\1x ", source)  # an element named by a condition
    bare = TAG.sub(" ", TRANSLATED.sub(" ", CLASS.sub(" ", COMMENT.sub(" ", source))))
    reader = Words()
    reader.feed(bare)
    return reader.found


@each
def test_every_word_of_a_template_can_be_translated(path: Path):
    assert untranslated((ROOT / path).read_text()) == []


@pytest.mark.parametrize(
    "source", ["<p>Harbor</p>", '<img alt="A berth">', '<input type="submit" value="Send">', '<a title="Harbor {{ n }}">{{ n }}</a>']
)
def test_the_search_for_words_finds_them(source):
    assert untranslated(source)
    assert not untranslated(
        '{% translate "Harbor" %}<p class="word" id="x">{{ word }} · 3</p>{% blocktranslate %}Berth{% endblocktranslate %}'
    )


@each
def test_nothing_in_a_template_runs_or_styles_inline(path: Path):
    source = COMMENT.sub("", (ROOT / path).read_text())
    plain = TAG.sub("x", source)
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|hx-vals\s*=\s*['\"]js:|hx-vars", plain, re.IGNORECASE)
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", plain, re.DOTALL | re.IGNORECASE):
        assert "src=" in attributes or 'type="application/json"' in attributes, "scripts are files"
        assert "src=" not in attributes or not body.strip()


@each
def test_no_template_switches_escaping_off(path: Path):
    if str(path) == "templates/django/forms/hint.html":  # help texts are the forms' own; Django's hold a list
        return
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", (ROOT / path).read_text())


@each
def test_every_form_that_posts_carries_its_token(path: Path):
    for attributes, body in re.findall(r"<form\b([^>]*)>(.*?)</form>", (ROOT / path).read_text(), re.DOTALL):
        if re.search(r'method\s*=\s*"?post', attributes, re.IGNORECASE):
            assert "{% csrf_token %}" in body


@each
def test_nothing_is_fetched_from_elsewhere(path: Path):
    assert not re.search(r"(?:src|href|action|hx-(?:get|post))\s*=\s*[\"'](?:https?:)?//", (ROOT / path).read_text())


# --- The whole tree

TEXT = {".py", ".html", ".md", ".toml", ".txt", ".lock", ".css", ".js", ".sql", ".json", ".yml", ".yaml", ".po", ".cfg", ""}
ELSEWHERE = re.compile(r"(?<![\w.-])(?:/work/|/root/|/home/\w|/tmp/\w|[A-Z]:\\\\)|files\.pythonhosted|--index-url|--extra-index|PIP_INDEX")
LOOPBACK = re.compile(r"localhost|127\.0\.0\.1|\[::1\]|testserver|(?:[\w-]+\.)*(?:example|test|invalid)(?:\.(?:com|org|net))?|unix")
NAMED = {"www.w3.org", "www.rfc-editor.org", "datatracker.ietf.org", "json-schema.org", "schemas.example"}


def tracked() -> list[Path]:
    """Every text file that is, or is about to be, of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    found = (Path(line) for line in listed.stdout.splitlines())
    return [path for path in found if path.suffix in TEXT and "vendor" not in path.parts and (ROOT / path).is_file()]


def test_the_tree_names_no_machine_and_no_registry():
    mine = Path(__file__).relative_to(ROOT)
    named = {str(path): hit.group() for path in tracked() if path != mine and (hit := ELSEWHERE.search((ROOT / path).read_text()))}
    assert named == {}


def test_the_tree_points_to_nowhere_but_reviewed_addresses():
    hosts = {}
    for path in tracked():
        for host in re.findall(r"https?://([\w.\[\]:-]+)", (ROOT / path).read_text()):
            name = host.rstrip(".").split(":")[0] if not host.startswith("[") else host
            if name not in NAMED and not LOOPBACK.fullmatch(name):
                hosts.setdefault(name, str(path))
    assert hosts == {}
