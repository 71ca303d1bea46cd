"""The ledger: two tables, monthly partitions, and a database that sets time and hash and refuses every change.

Written as SQL because the guarantees are the database's, not the application's: column rights keep the application from
writing time, transaction or hash; triggers are hygiene against everybody else (against a superuser, witnesses are the security).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

TABLES = """
CREATE TABLE audit_event (
    id uuid NOT NULL,
    xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind varchar(80) NOT NULL,
    decision varchar(80) NOT NULL DEFAULT '',
    agency_id uuid,
    actor_id uuid,
    session varchar(64) NOT NULL DEFAULT '',
    request_id uuid,
    subject_type varchar(40) NOT NULL DEFAULT '',
    subject_id uuid,
    owner_id uuid,
    rendition_hash bytea,
    via varchar(120)[] NOT NULL DEFAULT '{}',
    payload_digest bytea,
    leaf_hash bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_event_actor ON audit_event (actor_id, at DESC);
CREATE INDEX audit_event_agency ON audit_event (agency_id, at DESC);
CREATE INDEX audit_event_subject ON audit_event (subject_id, at DESC);
CREATE INDEX audit_event_owner ON audit_event (owner_id, at DESC);
CREATE INDEX audit_event_unsealed ON audit_event (xid, id);
CREATE TABLE audit_event_rest PARTITION OF audit_event DEFAULT;

CREATE TABLE audit_payload (
    event_id uuid PRIMARY KEY,
    salt bytea,
    body text,
    erased_at timestamptz,
    ground varchar(200) NOT NULL DEFAULT ''
);
"""

# Canonical bytes: every column in order, each as <octets>:<text>, a missing one as "-"; nothing can be moved from one column
# into its neighbour without changing the hash. RFC 6962, section 2.1: a leaf is hashed behind a zero byte.
FUNCTIONS = """
CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value IS NULL THEN '-' ELSE octet_length(value)::text || ':' || value END;

CREATE FUNCTION audit_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xid := pg_current_xact_id()::text::bigint;
    NEW.leaf_hash := sha256('\\x00'::bytea || convert_to(
        audit_field(NEW.id::text) || audit_field(NEW.xid::text)
        || audit_field((extract(epoch FROM NEW.at) * 1000000)::bigint::text)
        || audit_field(NEW.kind) || audit_field(NEW.decision) || audit_field(NEW.agency_id::text)
        || audit_field(NEW.actor_id::text) || audit_field(NEW.session) || audit_field(NEW.request_id::text)
        || audit_field(NEW.subject_type) || audit_field(NEW.subject_id::text) || audit_field(NEW.owner_id::text)
        || audit_field(encode(NEW.rendition_hash, 'hex')) || audit_field(array_to_json(NEW.via)::text)
        || audit_field(encode(NEW.payload_digest, 'hex')), 'UTF8'));
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_payload_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_event e WHERE e.id = NEW.event_id
                   AND e.payload_digest = sha256(NEW.salt || convert_to(NEW.body, 'UTF8'))) THEN
        RAISE EXCEPTION 'this payload is not the one its event was sealed with' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Makes the partitions from last month to three months ahead; safe to call at any time, by the clock or at a deployment.
CREATE FUNCTION audit_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE month date; made integer := 0; name text;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month',
                                        date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months', '1 month')::date LOOP
        name := 'audit_event_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)', name,
                           month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
            EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'meridian_app') THEN
                EXECUTE format('REVOKE ALL ON %I FROM meridian_app', name);
            END IF;
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER leaf BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_leaf();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER bound BEFORE INSERT ON audit_payload FOR EACH ROW EXECUTE FUNCTION audit_payload_bound();
CREATE TRIGGER keep BEFORE DELETE ON audit_payload FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit_payload FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
SELECT audit_partitions();
"""

# The application may append the data columns and read; time, transaction and hash are not its to write.
RIGHTS = """
REVOKE ALL ON audit_event, audit_event_rest, audit_payload FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_partitions() FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'meridian_app') THEN
        REVOKE ALL ON audit_event, audit_event_rest, audit_payload FROM meridian_app;
        GRANT SELECT ON audit_event, audit_payload TO meridian_app;
        GRANT INSERT (id, kind, decision, agency_id, actor_id, session, request_id, subject_type, subject_id, owner_id,
                      rendition_hash, via, payload_digest) ON audit_event TO meridian_app;
        GRANT INSERT (event_id, salt, body) ON audit_payload TO meridian_app;
        GRANT EXECUTE ON FUNCTION audit_partitions() TO meridian_app;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'meridian_sealer') THEN
        GRANT SELECT ON audit_event TO meridian_sealer;
    END IF;
END $$;
"""

UNDO = """
DROP TABLE audit_payload, audit_event;
DROP FUNCTION audit_partitions(), audit_payload_bound(), audit_refuse(), audit_leaf(), audit_field(text);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(TABLES + FUNCTIONS + TRIGGERS + RIGHTS, UNDO),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("xid", models.BigIntegerField(editable=False)),
                        ("at", models.DateTimeField(editable=False)),
                        ("kind", models.CharField(max_length=80)),
                        ("decision", models.CharField(default="", max_length=80)),
                        ("agency_id", models.UUIDField(null=True)),
                        ("actor_id", models.UUIDField(null=True)),
                        ("session", models.CharField(default="", max_length=64)),
                        ("request_id", models.UUIDField(null=True)),
                        ("subject_type", models.CharField(default="", max_length=40)),
                        ("subject_id", models.UUIDField(null=True)),
                        ("owner_id", models.UUIDField(null=True)),
                        ("rendition_hash", models.BinaryField(null=True)),
                        ("via", ArrayField(models.CharField(max_length=120), default=list, size=None)),
                        ("payload_digest", models.BinaryField(null=True)),
                        ("leaf_hash", models.BinaryField(editable=False)),
                    ],
                    options={"db_table": "audit_event", "default_permissions": (), "managed": False},
                ),
                migrations.CreateModel(
                    name="Payload",
                    fields=[
                        ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                        ("salt", models.BinaryField()),
                        ("body", models.TextField(null=True)),
                        ("erased_at", models.DateTimeField(null=True)),
                        ("ground", models.CharField(default="", max_length=200)),
                    ],
                    options={"db_table": "audit_payload", "default_permissions": (), "managed": False},
                ),
            ]
        ),
    ]
