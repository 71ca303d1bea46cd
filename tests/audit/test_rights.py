"""What the database lets the portal's role do with the ledger: append, and read. Nothing here trusts our own code."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction
from psycopg import sql

from audit import ledger
from tests import services

pytestmark = pytest.mark.django_db
TABLES = ("audit_event", "audit_payload")
COLUMNS = ("at", "xid", "leaf_hash")


def run(statement: str, *values: object) -> list[tuple]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def _line() -> None:
    with transaction.atomic():
        ledger.record("audit.test.line", actor=None, text="what was said")


@pytest.fixture
def sealer(django_db_setup: None) -> Iterator[psycopg.Connection]:
    with psycopg.connect(services.url_of(services.own_database(), "meridian_sealer"), autocommit=True) as connected:
        yield connected


@pytest.mark.usefixtures("_line")
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_event SET decision = 'nothing happened'",
        "UPDATE audit_event SET at = now() - interval '1 year'",
        "UPDATE audit_payload SET body = '{}'",
        "UPDATE audit_payload SET salt = NULL, body = NULL, erased_at = now(), ground = 'none'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_payload",
        "TRUNCATE audit_event",
        "TRUNCATE audit_payload",
        "TRUNCATE audit_event, audit_payload CASCADE",
        "DROP TABLE audit_payload",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event DISABLE TRIGGER keep",
        "ALTER TABLE audit_event DETACH PARTITION audit_event_rest",
        "ALTER TABLE audit_payload ADD COLUMN note text",
        "DROP TRIGGER keep ON audit_event",
        "CREATE OR REPLACE FUNCTION audit_leaf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
        "SET session_replication_role = replica",
        "SET ROLE meridian_owner",
        "SET ROLE meridian_migrator",
        "SET SESSION AUTHORIZATION postgres",
        "CREATE SCHEMA mine",
        "CREATE TABLE mine (a int)",
        "COPY audit_event TO PROGRAM 'cat'",
        "COPY audit_payload FROM '/etc/passwd'",
        "INSERT INTO audit_event_rest (id, kind) VALUES (gen_random_uuid(), 'beside the gate')",
    ],
)
def test_the_portal_changes_nothing_that_was_written(deed):
    with pytest.raises((ProgrammingError, InternalError), match=r"permission denied|must be owner|append-only|syntax"):
        run(deed)
    assert run("SELECT count(*) FROM audit_event WHERE kind = 'audit.test.line'") == [(1,)]


@pytest.mark.parametrize("column", COLUMNS)
def test_time_transaction_and_hash_are_not_the_portals_to_write(column):
    value = {"at": datetime(2020, 1, 1, tzinfo=UTC), "xid": 1, "leaf_hash": b"\0" * 32}[column]
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(f"INSERT INTO audit_event (id, kind, {column}) VALUES (gen_random_uuid(), 'audit.test.forged', %s)", value)


def test_the_portal_cannot_write_into_a_month_past_the_gate():
    months = run("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass")
    assert len(months) >= 5
    for (month,) in months:
        for deed in (f"INSERT INTO {month} (id, kind) VALUES (gen_random_uuid(), 'x')", f"DELETE FROM {month}", f"SELECT * FROM {month}"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(deed)


def test_the_portal_is_nobody_special_and_owns_nothing():
    special = "rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
    assert run(f"SELECT current_user::text, {special} FROM pg_roles WHERE rolname = current_user") == [("meridian_app", False)]
    assert run("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'meridian_app'") == []
    assert run("SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = 'meridian_app'") == []
    assert run("SELECT nspname FROM pg_namespace WHERE pg_get_userbyid(nspowner) = 'meridian_app' AND nspname !~ '^pg_'") == []
    assert run("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'meridian_app'::regrole") == []


def test_exactly_these_columns_may_be_appended():
    granted = run(
        "SELECT table_name::text, column_name::text FROM information_schema.column_privileges"
        " WHERE grantee IN ('meridian_app', 'PUBLIC') AND starts_with(table_name, 'audit_') AND privilege_type = 'INSERT'"
    )
    events = {column for table, column in granted if table == "audit_event"}
    assert events == {
        "id", "kind", "decision", "agency_id", "actor_id", "session", "request_id", "subject_type", "subject_id", "owner_id",
        "rendition_hash", "via", "payload_digest",
    }  # fmt: skip
    assert {column for table, column in granted if table == "audit_payload"} == {"event_id", "salt", "body"}
    assert {table for table, _column in granted} == set(TABLES)


def test_the_ledger_knows_no_other_right_than_reading_and_appending():
    rights = run(
        "SELECT DISTINCT grantee::regrole::text, privilege_type FROM pg_class, aclexplode(relacl)"
        " WHERE starts_with(relname, 'audit_') AND grantee <> 'meridian_owner'::regrole"
    )
    assert set(rights) == {("meridian_app", "SELECT"), ("meridian_sealer", "SELECT")}


def test_the_sealer_reads_events_and_nothing_else(sealer: psycopg.Connection):
    sealer.execute("SELECT xid, id, leaf_hash FROM audit_event")
    tables = [
        name for (name,) in run("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")
    ]
    assert len(tables) > 30
    for table in tables:
        for deed in ("SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"):
            if (table, deed) == ("audit_event", "SELECT * FROM {}"):
                continue
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sealer.execute(sql.SQL(deed).format(sql.Identifier(table)))
    for deed in (
        "INSERT INTO audit_event (id, kind) VALUES (gen_random_uuid(), 'x')",
        "UPDATE audit_event SET kind = 'x'", "SET ROLE meridian_owner",
        "SELECT audit_partitions()", "CREATE TABLE mine (a int)",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sealer.execute(sql.SQL(deed))


def test_a_rendition_is_never_rewritten_not_even_by_its_owner():
    immutable = run(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'immutable' AND tgenabled = 'O'"
        " AND tgtype & 16 <> 0 AND tgtype & 8 <> 0"  # UPDATE and DELETE
    )
    assert {("records_rendition",), ("intelligence_paragraph",)} <= set(immutable)


def test_every_month_to_come_has_a_partition_ready():
    today = datetime.now(UTC)
    months = [(today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1) for ahead in range(-1, 4)]
    names = {name for (name,) in run("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass")}
    assert {f"audit_event_{year}_{month:02}" for year, month in months} <= names
    assert "audit_event_rest" in names


def test_making_the_partitions_again_makes_none():
    assert run("SELECT audit_partitions()") == [(0,)]


@pytest.mark.usefixtures("_line")
def test_a_line_lies_in_the_partition_of_its_month():
    assert run("SELECT tableoid::regclass::text = 'audit_event_' || to_char(at AT TIME ZONE 'UTC', 'YYYY_MM') FROM audit_event") == [
        (True,)
    ]


def test_no_statement_of_the_portal_is_refused_by_accident():
    """The refusals above would also be refusals if the role could do nothing at all."""
    with transaction.atomic():
        receipt = ledger.record("audit.test.line", actor=None, text="what was said")
    assert run("SELECT count(*) FROM audit_event WHERE id = %s", receipt.event_id) == [(1,)]
    with pytest.raises(DatabaseError):
        run("SELECT * FROM no_such_table")
