"""Keeping records: renditions are numbered, hashed over all they say, and never change; a case's header is one of them."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.records import handling, storage
from cases.records.models import CaseHeader, Record
from kernel.errors import NotFound
from tests.cases.records.conftest import MARK, keep


def test_a_hash_covers_columns_and_content(ana, case):
    record = storage.keep_record(officer=ana, casefile=case, kind=Record.Kind.INTELLIGENCE)
    rendition = storage.keep_rendition(officer=ana, record=record, content={"text": "One."}, title="Title", **MARK)
    assert rendition.content_hash == storage.content_hash(rendition, {"text": "One."})
    assert rendition.content_hash != storage.content_hash(rendition, {"text": "Two."})
    for column, other in {"title": "Other", "handling_code": "H2", "handling_countries": ["CV"], "kind": "tear-line", "number": 7}.items():
        kept = getattr(rendition, column)
        setattr(rendition, column, other)
        assert rendition.content_hash != storage.content_hash(rendition, {"text": "One."})
        setattr(rendition, column, kept)


def test_keeping_a_record_is_work_on_its_case(ana, case):
    before = CaseFile.objects.visible_to(ana).get().active_at
    keep(ana, case)
    assert CaseFile.objects.visible_to(ana).get().active_at > before


def test_a_header_without_its_title_says_it_nowhere(ana, case):
    header = storage.keep_case_header(officer=ana, casefile=case, titled=False)
    said = CaseHeader.objects.visible_to(ana).get(rendition=header)
    assert (said.reference, said.title, said.desk) == (case.reference, "", "NFIS financial crime desk")
    assert case.title not in header.title
    assert header.handling_code == "H0"


def test_a_header_that_still_holds_is_given_again_and_one_that_does_not_is_made_anew(ana, case):
    first = storage.keep_case_header(officer=ana, casefile=case, titled=True)
    assert storage.keep_case_header(officer=ana, casefile=case, titled=True) == first
    plain = storage.keep_case_header(officer=ana, casefile=case, titled=False)
    assert plain.record_id == first.record_id
    casefiles.change_case(officer=ana, casefile_id=case.pk, title="Harbor Ledger II")
    second = storage.keep_case_header(officer=ana, casefile=case, titled=True)
    assert (second.record_id, second.number) == (first.record_id, 3)
    assert "Harbor Ledger II" in second.title
    assert storage.keep_case_header(officer=ana, casefile=case, titled=False) == plain


def test_what_a_header_said_never_changes(ana, case):
    header = storage.keep_case_header(officer=ana, casefile=case, titled=True)
    for deed in (lambda rows: rows.update(title="Other"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
            deed(CaseHeader.objects.unscoped("test").filter(rendition=header))


def test_no_header_is_made_for_whoever_does_not_see_the_case(case, alma):
    with pytest.raises(NotFound):
        storage.keep_case_header(officer=alma, casefile=case, titled=False)


@pytest.mark.parametrize("scheme", handling.Scheme.values)
def test_the_mildest_code_of_each_scheme_binds_to_something_and_makes_nothing_public(scheme):
    atoms = handling.atoms(scheme, handling.mildest(scheme))
    assert atoms
    assert handling.Atom.PUBLIC_OK not in atoms
    assert (scheme, handling.mildest(scheme)) not in handling.NEEDS_TEXT


def test_each_version_kept_is_told_among_the_deeds_of_its_case_with_its_hash(ana, case, original, tear_line):
    lines = Line.objects.about(case.pk).filter(kind="records.rendition.made").order_by("at")
    assert [bytes(line.rendition_hash).hex() for line in lines] == [original.content_hash, tear_line.content_hash]
    _case, page = casefiles.read_activity(officer=ana, casefile_id=case.pk)
    assert [deed.kind for deed in page.rows][:2] == ["records.rendition.made"] * 2
