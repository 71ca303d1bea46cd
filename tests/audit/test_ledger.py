"""One line of the ledger: what it says, and that anyone can recompute its hash from what it says."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Officer
from audit import ledger
from audit.models import Event, Payload

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
UUIDS = st.uuids() | st.none()
on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def leaf(event: Event) -> bytes:
    """RFC 6962, section 2.1, over every column as <octets>:<text>, a missing one as "-": written again, from the description."""
    columns = (
        event.id, event.xid, round(event.at.timestamp() * 1_000_000), event.kind, event.decision, event.agency_id, event.actor_id,
        event.session, event.request_id, event.subject_type, event.subject_id, event.owner_id, hexed(event.rendition_hash),
        json.dumps(event.via, ensure_ascii=False, separators=(",", ":")), hexed(event.payload_digest),
    )  # fmt: skip
    texts = (None if value is None else str(value) for value in columns)
    said = "".join("-" if text is None else f"{len(text.encode())}:{text}" for text in texts)
    return hashlib.sha256(b"\x00" + said.encode()).digest()


def hexed(value: bytes | None) -> str | None:
    return None if value is None else bytes(value).hex()


LINES = st.fixed_dictionaries(
    {"kind": TEXT, "decision": TEXT, "owner": UUIDS, "via": st.lists(TEXT, max_size=3)},
    optional={"rendition_hash": st.binary(min_size=32, max_size=32), "query": TEXT, "count": st.integers(), "reason": st.none()},
)


@on_one_database
@given(line=LINES, agency=UUIDS, actor=UUIDS, trail=st.builds(ledger.Trail, UUIDS, TEXT))
def test_anyone_recomputes_a_leaf_from_what_its_line_says(line, agency, actor, trail):
    with ledger.following(trail), transaction.atomic():
        receipt = ledger.record(**line, actor=SimpleNamespace(pk=actor, agency_id=agency))
    event = Event.objects.get(pk=receipt.event_id)
    assert receipt.leaf_hash == bytes(event.leaf_hash) == leaf(event)
    said = (event.kind, event.decision, event.owner_id, event.via, event.request_id, event.session, event.agency_id, event.actor_id)
    assert said == (*(line[name] for name in ("kind", "decision", "owner", "via")), trail.request_id, trail.session, agency, actor)


@on_one_database
@given(facts=st.dictionaries(st.sampled_from(["query", "count", "reason"]), TEXT | st.integers() | st.none()))
def test_what_is_said_of_people_lies_apart_and_is_bound_by_its_digest(facts):
    with transaction.atomic():
        receipt = ledger.record("audit.test.line", actor=None, **facts)
    event, payload = Event.objects.get(pk=receipt.event_id), Payload.objects.filter(pk=receipt.event_id).first()
    assert (payload is None) is (event.payload_digest is None) is (not facts)
    if payload:
        assert json.loads(payload.body) == facts
        assert hashlib.sha256(bytes(payload.salt) + payload.body.encode()).digest() == bytes(event.payload_digest)


def test_no_two_columns_can_be_told_apart_only_by_where_they_break():
    with transaction.atomic():
        one = ledger.record("ab", actor=None, decision="c")
        other = ledger.record("a", actor=None, decision="bc")
    assert one.leaf_hash != other.leaf_hash


def test_a_line_says_who_when_from_where_and_about_what(ana: Officer):
    request = uuid.uuid4()
    with ledger.following(ledger.Trail(request, "5e55")), transaction.atomic():
        receipt = ledger.record("audit.test.line", actor=ana, subject=ana.unit, owner=ana.agency_id, via=["grant:1"], count=3)
    event = Event.objects.get(pk=receipt.event_id)
    assert (event.actor_id, event.agency_id, event.owner_id) == (ana.pk, ana.agency_id, ana.agency_id)
    assert (event.subject_type, event.subject_id, event.via) == ("unit", ana.unit_id, ["grant:1"])
    assert (event.request_id, event.session) == (request, "5e55")
    assert abs(datetime.now(UTC) - event.at) < timedelta(minutes=1)
    assert ledger.trail() == ledger.Trail()


def test_time_is_the_moment_of_writing_not_of_the_transaction():
    with transaction.atomic():
        receipts = [ledger.record("audit.test.line", actor=None) for _line in range(3)]
    events = [Event.objects.get(pk=receipt.event_id) for receipt in receipts]
    assert events[0].at < events[1].at < events[2].at
    assert len({event.xid for event in events}) == 1


@pytest.mark.parametrize("digest", [None, b"\0" * 32])
def test_a_payload_is_bound_to_its_line(digest):
    event_id, body = uuid.uuid4(), '{"query":"Harbor"}'
    line = (event_id, "audit.test.line", "", None, None, "", None, "", None, None, None, [], digest)
    with connection.cursor() as cursor:
        cursor.execute(ledger.INSERT_EVENT, line)
        with pytest.raises(DatabaseError, match="sealed with"), transaction.atomic():
            cursor.execute(ledger.INSERT_PAYLOAD, (event_id, b"salt", body))
        with pytest.raises(DatabaseError, match="sealed with"), transaction.atomic():
            cursor.execute(ledger.INSERT_PAYLOAD, (uuid.uuid4(), b"salt", body))


def test_a_payload_without_its_salt_or_body_is_refused():
    with transaction.atomic():
        receipt = ledger.record("audit.test.line", actor=None)
    for salt, body in ((None, "{}"), (b"salt", None)):
        with pytest.raises(DatabaseError, match="sealed with"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ledger.INSERT_PAYLOAD, (receipt.event_id, salt, body))


def test_the_same_words_twice_have_two_salts():
    with transaction.atomic():
        receipts = [ledger.record("audit.test.line", actor=None, query="Harbor") for _line in range(2)]
    digests = {bytes(Event.objects.get(pk=receipt.event_id).payload_digest) for receipt in receipts}
    assert len(digests) == 2, "a known search could be found again by its digest"


def test_content_never_stands_in_the_line_itself():
    with transaction.atomic():
        receipt = ledger.record("audit.test.line", actor=None, query="Maren Delgado-Voss")
    assert "Maren" not in str(Event.objects.filter(pk=receipt.event_id).values_list())


def test_ids_are_time_ordered_uuids():
    ids = []
    for _id in range(50):
        ids.append(ledger.uuid7())
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert [one.int >> 80 for one in ids] == sorted(one.int >> 80 for one in ids)
    assert len(set(ids)) == 50
