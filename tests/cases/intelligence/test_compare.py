"""Two versions of one item beside each other, for whoever sees both."""

import time

import pytest

from accounts.models import Notice
from audit.models import Event as Line
from cases.intelligence import actions
from kernel.errors import NotFound
from tests.cases.doors import browser_of, machine_of
from tests.cases.intelligence.conftest import BERTH, PROVENANCE, said
from tests.cases.released import released

H2 = {"handling_scheme": "europol", "handling_code": "H2"}


def corrected(officer, rendition, *paragraphs, **changes):
    facts = said(paragraphs=list(paragraphs), **changes)
    return actions.correct_item(officer=officer, rendition_id=rendition.pk, reason="CANARY the pilot said so.", **facts)


def compared(officer, later, earlier):
    return actions.compare_versions(officer=officer, rendition_id=later.pk, earlier_id=earlier.pk)


def words(pieces, *, kept):
    return [piece.text.strip() for piece in pieces if piece.kept is kept]


def test_each_paragraph_says_what_became_of_it(ana, case):
    third, fourth = (BERTH | {"text": text} for text in ("The lorry waited at gate 7.", "Nobody left the bridge all night."))
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[BERTH, PROVENANCE, third, fourth]))
    anew = BERTH | {"text": BERTH["text"].replace("terminal 4", "terminal 5")}
    new = BERTH | {"text": "Customs found the seal broken."}
    later = corrected(ana, item, anew, PROVENANCE | {"information_code": "3"}, third | H2, new, handling_code="H3", handling_text="Both.")
    moved, graded, handled, taken, added = compared(ana, later, item).changes
    assert (words(moved.was, kept=False), words(moved.now, kept=False)) == (["4"], ["5"])
    assert (moved.reworded, moved.regraded) == (True, False)
    assert (graded.reworded, graded.regraded, graded.rehandled) == (False, True, True)  # the item's own handling changed with it
    assert (handled.reworded, handled.regraded, handled.rehandled) == (False, False, True)
    assert (taken.before.text, taken.after) == (fourth["text"], None)
    assert (added.before, added.after.text) == (None, new["text"])
    for change in (moved, graded, handled, taken, added):
        for part, pieces in change.sides:
            assert "".join(piece.text for piece in pieces) == (part.text if part else "")


def test_what_stayed_is_said_to_have_stayed(ana, item):
    later = corrected(ana, item, BERTH, PROVENANCE, title="Berth change, once more")
    shown = compared(ana, later, item)
    assert [change.same for change in shown.changes] == [True, True]
    assert (shown.retitled, shown.rehandled) == (True, False)


def test_comparing_is_a_look_at_both_and_settles_the_notice(ana, sami, item):
    actions.open_item(officer=sami, rendition_id=item.pk)
    later = corrected(ana, item, BERTH | {"text": "It stayed."})
    assert Notice.objects.filter(officer=sami, kind=actions.CORRECTED, done_at=None).exists()
    compared(sami, later, item)
    assert not Notice.objects.filter(officer=sami, kind=actions.CORRECTED, done_at=None).exists()
    lines = Line.objects.filter(actor_id=sami.pk, kind="intelligence.item.viewed").values_list("subject_id", "rendition_hash")
    read = {(subject, bytes(hashed).hex()) for subject, hashed in lines}
    assert {(item.pk, item.content_hash), (later.pk, later.content_hash)} <= read


def test_whoever_sees_one_version_alone_compares_nothing(ana, bela, otto, item):
    later = corrected(ana, item, BERTH | {"text": "CANARY terminal 5."})
    released(item, bela)
    for officer in (bela, otto):
        with pytest.raises(NotFound):
            compared(officer, later, item)
    browser = browser_of(bela)
    hidden = browser.get(f"/intelligence/{later.pk}/compare/{item.pk}/")
    absent = browser.get(f"/intelligence/{later.pk.__class__(int=4)}/compare/{item.pk}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert machine_of(bela).get(f"/api/v1/intelligence/{later.pk}/compare/{item.pk}/").status_code == 404
    page = browser.get(f"/intelligence/{item.pk}/").content.decode()
    for hint in ("compare", "CANARY", str(later.pk)):
        assert hint not in page


def test_a_partner_who_was_given_both_compares_them_without_the_owners_reason(ana, bela, item):
    later = corrected(ana, item, BERTH | {"text": "The vessel moved to terminal 5 two hours before arrival."})
    released(item, bela)
    released(later, bela)
    path = f"/intelligence/{later.pk}/compare/{item.pk}/"
    assert path in browser_of(bela).get(f"/intelligence/{item.pk}/").content.decode()
    page = browser_of(bela).get(path).content.decode()
    for words_of_it in ("<del>4 </del>", "<ins>5 </ins>", "Worded anew", "Taken out"):
        assert words_of_it in page
    for hidden in ("CANARY", ana.name, "Version 1"):
        assert hidden not in page
    answer = machine_of(bela).get(f"/api/v1{path}")
    assert answer.json()["changes"][0]["reworded"]
    assert "CANARY" not in answer.content.decode()


def test_only_an_older_version_of_the_same_item_is_compared_with(ana, case, item):
    other = actions.record_item(officer=ana, casefile_id=case.pk, **said(title="Another"))
    later = corrected(ana, item, BERTH)
    for one, two in ((item, later), (item, item), (later, other)):
        with pytest.raises(NotFound):
            compared(ana, one, two)


def test_long_paragraphs_are_compared_whole_and_quickly(ana, case):
    long = BERTH | {"text": "a b " * 4_900}
    item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[long] * 50))
    later = corrected(ana, item, *[long | {"text": "b a " * 4_900}] * 50)
    began = time.perf_counter()
    changes = compared(ana, later, item).changes
    assert len(changes) == 100, "nothing agrees where words are not compared: taken out, and new"
    assert time.perf_counter() - began < 3


def test_of_many_long_paragraphs_said_anew_single_words_are_not_compared(ana, case):
    def text(word: str) -> str:
        return " ".join(word if n % 2 else f"w{n}" for n in range(300))

    few, many = ([BERTH | {"text": f"{n} {text('old')}"} for n in range(count)] for count in (3, 50))
    for paragraphs, pieces in ((few, 300), (many, 1)):
        item = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=paragraphs))
        anew = [each | {"text": each["text"].replace("old", "new")} for each in paragraphs]
        change = compared(ana, corrected(ana, item, *anew), item).changes[0]
        assert len(change.was) >= pieces if pieces > 1 else len(change.was) == 1
        assert "".join(piece.text for piece in change.was) == paragraphs[0]["text"]
