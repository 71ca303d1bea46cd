"""Lists page by keyset: nothing repeats, nothing is skipped, whatever the clock did and whatever a client sends as cursor."""

import base64
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.casefiles.models import CaseFile, Note
from kernel.errors import Invalid

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 3), max_size=12)  # few moments, so that most rows share one
on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def written(casefile: CaseFile, moments: list[int]) -> list[Note]:
    facts = {"casefile": casefile, "author": casefile.lead, "text": "A note."}
    return Note.objects.bulk_create(Note(written_at=NOON + timedelta(microseconds=moment), **facts) for moment in moments)


def pages(casefile: CaseFile, size: int) -> list[list[Note]]:
    found, cursor = [], ""
    while True:
        page = Note.objects.visible_to(casefile.lead).newest(by="written_at", after=cursor, size=size)
        found.append(page.rows)
        cursor = page.cursor
        if not cursor:
            return found


@on_one_database
@given(moments=MOMENTS, size=st.integers(1, 5))
def test_pages_put_together_are_the_list_newest_first(casefile: CaseFile, moments, size):
    with transaction.atomic():
        notes = sorted(written(casefile, moments), key=lambda note: (note.written_at, note.pk), reverse=True)
        found = pages(casefile, size)
        transaction.set_rollback(True)
    assert [note for page in found for note in page] == notes
    assert all(len(page) == size for page in found[:-1])
    assert len(found[-1]) <= size


@on_one_database
@given(moments=MOMENTS.filter(lambda moments: len(moments) > 2), later=st.lists(st.integers(4, 6), max_size=4))
def test_what_comes_in_meanwhile_moves_nothing(casefile: CaseFile, moments, later):
    with transaction.atomic():
        notes = {note.pk for note in written(casefile, moments)}
        first = Note.objects.visible_to(casefile.lead).newest(by="written_at", size=2)
        written(casefile, later)
        rest = Note.objects.visible_to(casefile.lead).newest(by="written_at", after=first.cursor, size=50)
        transaction.set_rollback(True)
    assert {note.pk for note in first.rows} | {note.pk for note in rest.rows} == notes
    assert len(first.rows) + len(rest.rows) == len(notes)


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@on_one_database
@given(st.one_of(st.text(min_size=1), st.text(min_size=1).map(cursor), st.datetimes().map(lambda at: cursor(f"{at}|{uuid.uuid4()}"))))
@example("\x00")
@example("é")
@example("=")
@example(cursor("2026-09-01T12:00:00+00:00|1"))
@example(cursor(f"2026-09-01|{uuid.uuid4()}"))
@example(cursor(f"2026-09-01T12:00:00+23:00|{uuid.uuid4()}"))  # an offset that PostgreSQL does not know
@example(cursor(f"2026-09-01T12:00:00+00:00:30.5|{uuid.uuid4()}"))
@example(cursor(f"2026-09-01T12:00:00+00:00\x00|{uuid.uuid4()}"))
def test_a_cursor_we_never_gave_out_is_invalid(casefile: CaseFile, broken):
    with pytest.raises(Invalid):
        Note.objects.visible_to(casefile.lead).newest(by="written_at", after=broken)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+00:00"])
def test_a_cursor_from_the_edge_of_time_breaks_nothing(casefile: CaseFile, at):
    try:
        rows = Note.objects.visible_to(casefile.lead).newest(by="written_at", after=cursor(f"{at}|{uuid.uuid4()}")).rows
    except Invalid:
        rows = []
    assert rows == []
