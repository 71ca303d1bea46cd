"""A rule's answer and its sentence: one code, read by everybody in their own language."""

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy, override

from kernel import errors
from kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable, render, sentence
from kernel.verdict import ALLOWED, allow, refuse

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def _book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_SENTENCES", dict(errors._SENTENCES))


def test_a_refusal_carries_its_sentence_to_whoever_enforces_it():
    closed = sentence("test.closed", "%(reference)s is closed.")
    verdict = refuse(closed, reference="HL-1")
    assert not verdict
    assert (verdict.code, verdict.reason) == ("test.closed", "HL-1 is closed.")
    with pytest.raises(NotAllowed, match="HL-1 is closed") as refused:
        verdict.enforce()
    assert (refused.value.code, refused.value.params) == ("test.closed", {"reference": "HL-1"})


def test_a_yes_enforces_nothing_and_names_what_it_rests_on():
    verdict = allow(sentence("test.released", "Released to you by %(agency)s."), "grant:1", "article:7", agency="NFIS")
    verdict.enforce()
    assert verdict
    assert (verdict.reason, verdict.rests_on) == ("Released to you by NFIS.", ("grant:1", "article:7"))
    ALLOWED.enforce()
    assert (ALLOWED.code, ALLOWED.reason) == ("", "")


def test_a_sentence_is_spoken_in_the_language_of_whoever_reads_it():
    day = sentence("test.day", gettext_lazy("Saturday"))  # one that Django itself has translated
    spoken = []
    for language in LANGUAGES:
        with override(language):
            spoken.append(render("test.day", {}))
            assert spoken[-1] == refuse(day).reason == str(NotAllowed(day))
    assert dict(zip(LANGUAGES, spoken, strict=True)) == {"en": "Saturday", "es": "sábado", "pt": "Sábado", "fr": "samedi"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untranslated_sentence_is_spoken_in_english(language):
    sentence("test.berth", gettext_lazy("Berth %(number)s is watched."))
    with override(language):
        assert render("test.berth", {"number": 4}) == "Berth 4 is watched."


def test_a_fact_that_was_erased_leaves_a_gap_and_no_error():
    sentence("test.berth", "Berth %(number)s is watched by %(name)s.")
    assert render("test.berth", {"number": 4}) == "Berth 4 is watched by …."
    assert render("test.berth", {}) == "Berth … is watched by …."


def test_a_percent_sign_is_a_percent_sign():
    sentence("test.share", "100% of it.")
    assert render("test.share", {}) == render("test.share", {"number": 4}) == "100% of it."


def test_a_code_no_longer_spoken_is_shown_as_it_was_kept():
    assert render("releases.of-old", {"name": "x"}) == "releases.of-old"


def test_two_sentences_never_share_a_code():
    sentence("test.once", "Once.")
    with pytest.raises(ValueError, match=r"test\.once"):
        sentence("test.once", "Twice.")


def test_every_refusal_has_its_own_status_and_kind():
    kinds = [NotFound, NotAllowed, Conflict, Invalid, Unavailable]
    assert [kind.status for kind in kinds] == [404, 403, 409, 422, 503]
    assert len({kind.kind for kind in kinds} | {DomainError.kind}) == 6


def test_not_found_says_the_same_whatever_was_not_found():
    assert (str(NotFound()), NotFound().params) == ("There is nothing here that you may see.", {})


def test_invalid_says_where():
    error = Invalid(fields={"title": sentence("test.long", "Shorten it to 160 letters.")})
    assert error.fields["title"].render(error.params) == "Shorten it to 160 letters."
