"""Terms in versions that are signed by their hash; every agreement there is gets its first, with the terms it has now."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC
from types import SimpleNamespace
from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER kept BEFORE DELETE ON agreements_version FOR EACH ROW EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER worded BEFORE UPDATE ON agreements_version FOR EACH ROW
    WHEN ((OLD.id, OLD.agreement_id, OLD.number, OLD.terms, OLD.changed, OLD.reason, OLD.starts_at, OLD.content_hash, OLD.drafted_by_id,
           OLD.drafted_at)
          IS DISTINCT FROM
          (NEW.id, NEW.agreement_id, NEW.number, NEW.terms, NEW.changed, NEW.reason, NEW.starts_at, NEW.content_hash, NEW.drafted_by_id,
           NEW.drafted_at)
          OR OLD.agreed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL)
    EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON agreements_signature FOR EACH ROW EXECUTE FUNCTION agreements_refuse();

CREATE FUNCTION agreements_signs_what_it_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM agreements_version v JOIN agreements_party p ON p.agreement_id = v.agreement_id
                   WHERE v.id = NEW.version_id AND v.content_hash = NEW.content_hash AND p.agency_id = NEW.agency_id
                     AND v.agreed_at IS NULL AND v.dropped_at IS NULL) THEN
        RAISE EXCEPTION 'an agreement is signed by its parties, version by version, under its own hash'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hashed BEFORE INSERT ON agreements_signature FOR EACH ROW EXECUTE FUNCTION agreements_signs_what_it_says();

CREATE FUNCTION agreements_all_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id
               AND NOT EXISTS (SELECT FROM agreements_signature s WHERE s.version_id = NEW.id AND s.agency_id = p.agency_id)) THEN
        RAISE EXCEPTION 'a version of an agreement stands when every party has signed it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE UPDATE ON agreements_version FOR EACH ROW WHEN (OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL)
    EXECUTE FUNCTION agreements_all_signed();
CREATE FUNCTION agreements_begins_unsigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of an agreement begins without signatures' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER unsigned BEFORE INSERT ON agreements_version FOR EACH ROW WHEN (NEW.agreed_at IS NOT NULL)
    EXECUTE FUNCTION agreements_begins_unsigned();
"""
UNDO = """
DROP TRIGGER kept ON agreements_version; DROP TRIGGER worded ON agreements_version; DROP TRIGGER agreed ON agreements_version;
DROP TRIGGER unsigned ON agreements_version; DROP TRIGGER kept ON agreements_signature; DROP TRIGGER hashed ON agreements_signature;
DROP FUNCTION agreements_signs_what_it_says(); DROP FUNCTION agreements_all_signed(); DROP FUNCTION agreements_begins_unsigned();
"""


COLUMNS = (
    "id", "title", "reference", "starts_at", "ends_at", "covers_deconfliction", "handling_codes", "drafted_by_id", "drafted_at", "status",
    "status_at",
)  # fmt: skip


def first_versions(apps: Any, schema_editor: Any) -> None:
    """What was agreed before there were terms: all offences and data, by the codes that the parties accept, with consent."""
    models_of = {name: apps.get_model("agreements", name) for name in ("Version", "Signature", "Party", "Article")}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM agreements_agreement ORDER BY id")  # noqa: S608
        rows = [SimpleNamespace(**dict(zip(COLUMNS, row, strict=True))) for row in cursor.fetchall()]
    for agreement in rows:
        parties = list(models_of["Party"].objects.filter(agreement_id=agreement.id))
        articles = models_of["Article"].objects.filter(agreement_id=agreement.id)
        terms = {
            "kind": "mou", "offences": [], "data_kinds": [], "handling_codes": sorted(agreement.handling_codes), "codes": {},
            "retention_months": None, "onward": "group", "evidence": "yes", "languages": [], "conditions": [], "contacts": [], "levels": [],
        }  # fmt: skip
        body = {
            "agreement": str(agreement.id), "title": agreement.title, "reference": agreement.reference,
            "begins": agreement.starts_at.astimezone(UTC).isoformat(),
            "ends": agreement.ends_at.astimezone(UTC).isoformat() if agreement.ends_at else "",
            "comparing": agreement.covers_deconfliction, "parties": sorted(str(each.agency_id) for each in parties),
            "articles": sorted([each.number, each.text, sorted(each.purposes)] for each in articles),
            "version": 1, "from": agreement.starts_at.astimezone(UTC).isoformat(), "changed": "", "reason": "", "terms": terms,
        }  # fmt: skip
        digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        version = models_of["Version"].objects.create(
            agreement_id=agreement.id, number=1, terms=terms, starts_at=agreement.starts_at, content_hash=digest,
            drafted_by_id=agreement.drafted_by_id, drafted_at=agreement.drafted_at,
        )  # fmt: skip
        signed = [each for each in parties if each.signed_at]
        for each in signed:
            models_of["Signature"].objects.create(
                version=version, agency_id=each.agency_id, officer_id=each.signed_by_id, content_hash=digest, signed_at=each.signed_at
            )
        if len(signed) == len(parties):
            version.agreed_at = max(each.signed_at for each in signed)
            version.save(update_fields=["agreed_at"])
        elif agreement.status == "ended":
            version.dropped_at = agreement.status_at
            version.save(update_fields=["dropped_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_signed_words_stay"),
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("terms", models.JSONField()),
                ("changed", models.CharField(blank=True, max_length=1000)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("starts_at", models.DateTimeField()),
                ("content_hash", models.CharField(max_length=64)),
                ("drafted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agreed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="agreements.agreement"),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={"ordering": ["-number"], "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_hash", models.CharField(max_length=64)),
                ("proof", models.UUIDField(null=True)),
                ("signed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="agreements.version"),
                ),
            ],
            options={"ordering": ["signed_at"], "default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="version", constraint=models.UniqueConstraint(fields=("agreement", "number"), name="one_version_per_number")
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_at", None), ("dropped_at", None)),
                fields=("agreement",),
                name="one_version_waits_for_signatures",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_at", None), ("dropped_at", None), _connector="OR"), name="what_was_agreed_is_not_dropped"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature", constraint=models.UniqueConstraint(fields=("version", "agency"), name="a_party_signs_a_version_once")
        ),
        migrations.RunSQL(KEEP, UNDO),
        migrations.RunPython(first_versions, migrations.RunPython.noop, atomic=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
