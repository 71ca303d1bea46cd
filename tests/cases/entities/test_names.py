"""Names in full and in parts, and every fact of a subject with the place it comes from."""

import re

import pytest

from cases.entities import actions
from cases.entities.names import Script, script_of
from cases.intelligence import actions as intelligence
from tests.cases.doors import browser_of, machine_of
from tests.cases.entities.conftest import note
from tests.cases.entities.test_pages import typed
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released

NAMES = {
    "given": "Dario", "surname": "Quintelas", "second_surname": "Vaz", "name_order": "surname-first", "aliases": ["The driver"],
    "nicknames": ["Tio"], "transliterations": ["Дарио Кинтелас"], "maiden": ["Moura"], "false_names": ["Rui Pinto"],
}  # fmt: skip


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_name_is_kept_in_its_parts_with_other_names_by_kind(ana, item):
    mention = note(ana, item, attributes=NAMES | {"rank": "not kept"})
    assert mention.attributes == NAMES
    subject = actions.make_subject(officer=ana, mention_ids=[mention.pk])
    facts = {str(fact.label): list(fact.values) for fact in actions.open_subject(officer=ana, subject_id=subject.pk).facts}
    assert (facts["Nickname"], facts["False identity"], facts["Order of the name"]) == (["Tio"], ["Rui Pinto"], ["Surname first"])
    assert (facts["Maiden name"], facts["Transliteration"], facts["Second surname"]) == (["Moura"], ["Дарио Кинтелас"], ["Vaz"])


def test_the_script_of_a_name_is_told_where_it_is_not_latin(ana, item):
    assert note(ana, item, name="Дарио Кинтелас").attributes == {"script": "Cyrl"}
    assert note(ana, item, name="Дарио", attributes={"script": "Zyyy"}).attributes == {"script": "Zyyy"}


@pytest.mark.parametrize(
    ("name", "script"),
    [("Dario Quintelas", Script.LATIN), ("Дарио", Script.CYRILLIC), ("داريو", Script.ARABIC), ("山田 はなこ", Script.JAPANESE),
     ("김민준", Script.KOREAN), ("王伟", Script.HAN), ("42", None), ("", None), ("\U0001f4a5", None)],
)  # fmt: skip
def test_a_script_is_known_by_its_letters(name, script):
    assert script_of(name) == script


def test_names_are_typed_on_the_folded_part_of_the_form_and_sent_by_machines(ana, item):
    browser = browser_of(ana)
    folded = browser.get(f"/mentions/{item.pk}/new/").content.decode()
    assert folded.count("<details>") >= 2
    lists = {key: "\n".join(value) if isinstance(value, list) else value for key, value in NAMES.items()}
    assert browser.post(f"/mentions/{item.pk}/new/", typed(**lists | {"born": ""})).status_code == 302
    sent = {"rendition_id": str(item.pk), "etype": "person", "name": "Second", "attributes": NAMES}
    assert machine_of(ana).post("/api/v1/mentions/", sent).status_code == 201
    rows = machine_of(ana).get(f"/api/v1/mentions/?rendition={item.pk}").json()["results"]
    assert [row["attributes"] for row in rows] == [NAMES, NAMES]
    assert machine_of(ana).post("/api/v1/mentions/", sent | {"attributes": {"name_order": "upside-down"}}).status_code == 422


def test_every_fact_shows_its_version_paragraph_grade_and_date(ana, case, item):
    first = note(ana, item, paragraph=1, attributes={"born": ["1961"]})
    doubted = BERTH | {"source_code": "E", "information_code": "5"}
    second_item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="Second report", paragraphs=[doubted]))
    second = note(ana, second_item, paragraph=None, attributes={"born": ["1962"]})
    subject = actions.make_subject(officer=ana, mention_ids=[first.pk, second.pk])
    page = plain(browser_of(ana).get(f"/subjects/{subject.pk}/").content.decode())
    for value, title, where, grade in (
        ("1961", item.title, "version 1 , paragraph 1 , 11 Nov 2026", "Usually reliable; Probably true"),
        ("1962", "Second report", "version 1 , 11 Nov 2026", "Unreliable; Improbable"),
    ):
        said_here = page[page.index(f" {value} {title}") :].replace("version 1,", "version 1 ,")
        assert said_here[: said_here.index(grade)].count("version") == 1, said_here[:300]
        assert where.replace(" ", "") in said_here[:300].replace(" ", "")
    assert page.index("Sources differ") < page.index(" 1961 ") < page.index(" 1962 ")
    (born,) = (each for each in machine_of(ana).get(f"/api/v1/subjects/{subject.pk}/").json()["facts"] if each["value"] == "1961")
    source = {"mention": str(first.pk), "rendition": str(item.pk), "version": 1, "paragraph": 1, "dated_on": "2026-11-11"}
    assert born["sources"] == [source]


def test_a_partner_reads_the_grade_of_what_it_was_given_and_of_nothing_else(ana, bela, case, item):
    given = note(ana, item, paragraph=1)
    kept = intelligence.record_item(
        officer=ana, casefile_id=case.pk, **said(paragraphs=[BERTH | {"source_code": "D", "information_code": "4"}])
    )
    note(ana, kept, paragraph=1)
    released(item, bela)
    subject = actions.make_subject(officer=bela, mention_ids=[given.pk])
    page = browser_of(bela).get(f"/subjects/{subject.pk}/").content.decode()
    assert "Usually reliable; Probably true" in page
    assert "Doubtful" not in page


def test_the_grades_of_many_mentions_are_read_at_once(ana, case, django_assert_max_num_queries):
    mentions = []
    for number in range(8):
        item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title=f"Report {number}"))
        mentions.append(note(ana, item, name=f"Name {number}"))
    subject = actions.make_subject(officer=ana, mention_ids=[each.pk for each in mentions])
    browser = browser_of(ana)
    with django_assert_max_num_queries(40):
        browser.get(f"/subjects/{subject.pk}/")
