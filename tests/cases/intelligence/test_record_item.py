"""Recording an item of graded paragraphs."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles.rules import CLOSED, NOT_ON_TEAM
from cases.intelligence import actions, rules
from cases.intelligence.models import Paragraph
from cases.records.models import Rendition
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.refusals import refused


def test_an_item_keeps_its_paragraphs_with_grade_and_handling_and_is_hashed(ana, case):
    rendition = actions.record_item(officer=ana, casefile_id=case.pk, **said())
    first, second = Paragraph.objects.visible_to(ana).filter(rendition=rendition)
    assert (first.number, first.kind, first.source_code, first.information_code) == (1, "information", "B", "2")
    assert first.grade_words == "Usually reliable; Probably true"
    assert (first.handling_code, first.handling_atoms) == ("H1", ["LE_ONLY", "NO_JUDICIAL"])
    assert (second.number, second.kind) == (2, "provenance")
    assert (rendition.number, rendition.kind, len(rendition.content_hash)) == (1, "original", 64)
    assert (rendition.record.home_id, rendition.record.agency_id) == (case.pk, ana.agency_id)
    line = Line.objects.filter(subject_id=rendition.pk).newest().first()
    assert (line.kind, bytes(line.rendition_hash).hex()) == ("intelligence.item.recorded", rendition.content_hash)


def test_the_hash_covers_every_word_and_grade(ana, case):
    items = [
        said(),
        said(paragraphs=[BERTH]),
        said(paragraphs=[BERTH | {"text": "The vessel stayed."}]),
        said(paragraphs=[BERTH | {"information_code": "3"}]),
        said(paragraphs=[BERTH], handling_code="H2"),
        said(paragraphs=[BERTH], title="Berth"),
    ]
    hashes = {actions.record_item(officer=ana, casefile_id=case.pk, **item).content_hash for item in items}
    assert len(hashes) == len(items)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE intelligence_paragraph SET text = 'Something else.'",
        "DELETE FROM intelligence_paragraph",
        "UPDATE records_rendition SET title = 'Something else'",
        "DELETE FROM records_rendition",
    ],
)
def test_what_was_kept_does_not_change(item, deed):
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_what_belongs_to_no_case_is_kept_in_the_units_standing_file(ana):
    standing = casefiles.keep_standing_file(officer=ana, unit_id=ana.unit_id)
    rendition = actions.record_item(officer=ana, casefile_id=standing.pk, **said())
    assert rendition.record.home_id == standing.pk


@pytest.mark.parametrize("who", ["alma", "petra", "bela", "otto", "iris", "adam"])
def test_nobody_records_in_a_case_they_may_not_know_of(case, cast, who):
    with pytest.raises(NotFound):
        actions.record_item(officer=cast[who], casefile_id=case.pk, **said())


def test_who_only_sees_a_case_does_not_record_in_it(ana, alma, sami):
    wide = casefiles.open_case(officer=sami, title="Cold store fires", audience="agency", audience_reason="All look.")
    with refused(NOT_ON_TEAM):
        actions.record_item(officer=alma, casefile_id=wide.pk, **said())


def test_nothing_is_recorded_in_a_closed_case(ana, sami, case):
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    with refused(CLOSED, Conflict):
        actions.record_item(officer=ana, casefile_id=case.pk, **said())


@pytest.mark.parametrize(
    ("said_wrong", "sentence"),
    [
        ({"paragraphs": []}, rules.HOW_MANY),
        ({"paragraphs": [BERTH] * 51}, rules.HOW_MANY),
        ({"paragraphs": [BERTH | {"information_code": "9"}]}, rules.NO_SUCH_GRADE),
        ({"paragraphs": [BERTH | {"scheme": "3x5x2"}]}, rules.NO_SUCH_GRADE),
        ({"paragraphs": [{"text": "Without a grade."}]}, rules.NO_SUCH_GRADE),
        ({"handling_code": "H9"}, rules.NO_SUCH_HANDLING),
        ({"handling_code": ""}, rules.NO_SUCH_HANDLING),
        ({"handling_code": "H3"}, rules.WORDS_WANTED),
        ({"handling_scheme": "control", "handling_code": "REL-TO"}, rules.COUNTRIES_WANTED),
        ({"handling_code": "H0"}, rules.TOO_WEAK),
        ({"paragraphs": [BERTH | {"handling_code": "H3", "handling_text": "Ask first."}]}, rules.TOO_WEAK),
        (
            {
                "handling_code": "H3",
                "handling_text": "As the paragraphs say.",
                "paragraphs": [BERTH | {"handling_scheme": "control", "handling_code": "REL-TO", "handling_countries": ["NM"]}],
            },
            rules.TOO_WEAK,
        ),
        (
            {
                "handling_scheme": "control",
                "handling_code": "REL-TO",
                "handling_countries": ["NM", "CV"],
                "paragraphs": [BERTH | {"handling_scheme": "control", "handling_code": "REL-TO", "handling_countries": ["NM"]}],
            },
            rules.TOO_WEAK,
        ),
    ],
)
def test_an_item_that_says_too_little_is_not_kept(ana, case, said_wrong, sentence):
    with refused(sentence, Invalid):
        actions.record_item(officer=ana, casefile_id=case.pk, **said(**said_wrong))
    assert not Rendition.objects.visible_to(ana).exists()


def test_the_missing_limits_are_named(ana, case):
    with pytest.raises(Invalid, match="not for court without the owner's permission"):
        actions.record_item(officer=ana, casefile_id=case.pk, **said(handling_code="H0"))


def test_a_code_with_words_carries_what_no_single_code_does_and_binds_as_its_parts_do(ana, case):
    parts = [BERTH | {"handling_code": "H1"}, BERTH | {"handling_code": "H2"}]
    facts = said(handling_code="H3", handling_text="Not for court; ask before passing on.", paragraphs=parts)
    rendition = actions.record_item(officer=ana, casefile_id=case.pk, **facts)
    assert rendition.handling_atoms == ["LE_ONLY", "NO_JUDICIAL", "NO_ONWARD", "TEXT"]


@pytest.mark.parametrize(("scheme", "source", "information"), [("europol", "X", "4"), ("5x5x5", "E", "5"), ("3x5x2", "3", "E")])
def test_every_scale_is_kept_as_it_was_given(ana, case, scheme, source, information):
    graded = BERTH | {"scheme": scheme, "source_code": source, "information_code": information}
    rendition = actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[graded]))
    kept = Paragraph.objects.visible_to(ana).get(rendition=rendition)
    assert (kept.scheme, kept.source_code, kept.information_code) == (scheme, source, information)


def test_the_database_itself_refuses_a_grade_of_another_scale(item):
    wrong = Paragraph(
        rendition=item,
        number=9,
        text="x",
        scheme="europol",
        source_code="F",
        information_code="1",
        handling_scheme="europol",
        handling_code="H0",
    )
    with pytest.raises(IntegrityError, match="paragraph_grade_known"), transaction.atomic():
        wrong.save(force_insert=True)
