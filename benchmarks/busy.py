"""Two cases of one officer, written as SQL: the small one shows what a page needs at least, the busy one what size adds to it.

A record has one version with two graded paragraphs; a mention has an identifier, pays once and calls once; every
tenth mention is grouped into a subject.
"""

from __future__ import annotations

import uuid

import psycopg

SMALL, BUSY = 50, 5_000
MENTIONS_EACH = 4

CASE = """
WITH made AS (INSERT INTO auth_group (name) SELECT 'case:' || gen_random_uuid() RETURNING id)
INSERT INTO casefiles_casefile (id, reference, title, summary, status, outcome, is_standing, audience, audience_reason, is_compartment,
                                notice_mode, agency_id, lead_id, team_id, unit_id)
SELECT %(case)s, 'BUSY-' || %(records)s, 'A case of ' || %(records)s || ' records', '', 'open', '', false, 'team', '', false, 'owner-only',
       o.agency_id, o.id, made.id, o.unit_id FROM accounts_officer o, made WHERE o.id = %(officer)s;
INSERT INTO accounts_membership (id, officer_id, group_id)
SELECT gen_random_uuid(), %(officer)s, team_id FROM casefiles_casefile WHERE id = %(case)s;
INSERT INTO casefiles_casegrant (group_id, permission_id, content_object_id, origin)
SELECT c.team_id, p.id, c.id, 'home' FROM casefiles_casefile c, auth_permission p
WHERE c.id = %(case)s AND p.codename IN ('view_casefile', 'work_casefile');

INSERT INTO casefiles_note (id, author_id, casefile_id, text, number, written_at)
SELECT gen_random_uuid(), %(officer)s, %(case)s, 'Seen at berth ' || n, 1, now() - n * interval '1 minute'
FROM generate_series(1, %(records)s / 10) n;
INSERT INTO casefiles_task (id, casefile_id, title, assignee_id, state, made_by_id, made_at)
SELECT gen_random_uuid(), %(case)s, 'Ask again ' || n, %(officer)s, 'open', %(officer)s, now() - n * interval '1 minute'
FROM generate_series(1, %(records)s / 10) n;
INSERT INTO casefiles_casedecision (id, casefile_id, decided_by_id, written_by_id, decided_on, what, why, basis)
SELECT gen_random_uuid(), %(case)s, %(officer)s, %(officer)s, current_date, 'Watch berth ' || n, 'Because', 'Order ' || n
FROM generate_series(1, %(records)s / 50) n;

CREATE TEMP TABLE item ON COMMIT DROP AS
SELECT gen_random_uuid() AS record_id, gen_random_uuid() AS id, n, now() - n * interval '5 seconds' AS made_at
FROM generate_series(1, %(records)s) n;
INSERT INTO records_record (id, kind, reference, made_at, agency_id, home_id, made_by_id)
SELECT i.record_id, 'intelligence', %(prefix)s || i.n, i.made_at, c.agency_id, c.id, c.lead_id
FROM item i, casefiles_casefile c WHERE c.id = %(case)s;
INSERT INTO records_rendition (id, number, kind, title, language, handling_scheme, handling_code, handling_text, handling_countries,
                               handling_atoms, content_hash, reason, made_by_id, record_id, made_at)
SELECT id, 1, 'original', 'Item ' || n, 'en', 'europol', 'H1', '', '{}', '{LE_ONLY,NO_JUDICIAL}', repeat('0', 64), '', %(officer)s,
       record_id, made_at FROM item;
INSERT INTO intelligence_paragraph (id, rendition_id, number, kind, text, scheme, source_code, information_code, handling_scheme,
                                    handling_code, handling_text, handling_countries, handling_atoms)
SELECT gen_random_uuid(), i.id, part, 'information', 'The lorry was seen ' || i.n, 'admiralty', 'B', '2', 'europol', 'H1', '', '{}',
       '{LE_ONLY,NO_JUDICIAL}' FROM item i, generate_series(1, 2) part;
INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, origin, shown_at, cause_reference)
SELECT c.team_id, p.id, i.record_id, 'home', i.made_at, '' FROM item i, casefiles_casefile c, auth_permission p
WHERE c.id = %(case)s AND p.codename = 'view_record';

CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, i.id AS rendition_id, (i.n * %(each)s + m) AS n, i.made_at FROM item i, generate_series(1, %(each)s) m;
INSERT INTO entities_mention (id, rendition_id, paragraph, agency_id, unit_id, notice_mode, etype, name, attributes, made_at)
SELECT s.id, s.rendition_id, 1, c.agency_id, c.unit_id, 'owner-only', (ARRAY['person', 'phone', 'vehicle', 'account'])[1 + s.n %% 4],
       (ARRAY['Quintela', 'Lagoon', 'Lorry', 'Ledger'])[1 + s.n %% 4] || ' ' || s.n, '{}', s.made_at
FROM said s, casefiles_casefile c WHERE c.id = %(case)s;
INSERT INTO entities_identifier (id, mention_id, type, country, raw, normalised, valid)
SELECT gen_random_uuid(), id, 'other', '', 'Q ' || n %% 5000, 'Q' || n %% 5000, 'unknown' FROM said;
INSERT INTO entities_transaction (id, rendition_id, paragraph, from_text, from_key, from_mention_id, to_text, to_key, at, happened_on,
                                  precision, zone, listed_at, made_by_id, amount, currency, kind, reference, purpose)
SELECT gen_random_uuid(), rendition_id, 1, 'Account ' || n %% 97, 'account ' || n %% 97, id, 'Account ' || n %% 89, 'account ' || n %% 89,
       made_at, made_at::date, 'second', 'Z', made_at, %(officer)s, n,
       (ARRAY['USD', 'EUR', 'BRL'])[1 + n %% 3], '', '', 'Ledger ' || n FROM said;
INSERT INTO entities_call (id, rendition_id, paragraph, from_text, from_key, from_mention_id, to_text, to_key, at, happened_on, precision,
                           zone, listed_at, made_by_id, kind, seconds, cell, place, imei, imsi)
SELECT gen_random_uuid(), rendition_id, 1, '+1202555' || n %% 97, '+1202555' || n %% 97, id, '+1305555' || n %% 89, '+1305555' || n %% 89,
       made_at, made_at::date, 'second', 'Z', made_at, %(officer)s, 'voice', n %% 600, '', '', '', '' FROM said;
CREATE TEMP TABLE thought ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, n FROM generate_series(1, %(records)s / 25) n;
INSERT INTO entities_subject (id, agency_id, etype, label, category, category_reason, made_by_id, made_at)
SELECT t.id, o.agency_id, 'person', 'Subject ' || t.n, 'other', '', o.id, now() - t.n * interval '1 minute'
FROM thought t, accounts_officer o WHERE o.id = %(officer)s;
INSERT INTO entities_subjectmention (id, subject_id, mention_id, made_by_id)
SELECT gen_random_uuid(), t.id, s.id, %(officer)s
FROM thought t JOIN said s ON s.n %% 4 = 0 AND (s.n / 4) %% (SELECT count(*) FROM thought) + 1 = t.n;
"""


def build(owner_url: str, officer: str, records: int) -> dict[str, uuid.UUID]:
    """One more case of this officer. Returns what its pages are named by."""
    case = uuid.uuid4()
    facts = {"case": case, "officer": officer, "records": records, "each": MENTIONS_EACH, "prefix": f"B{records}-"}
    with psycopg.connect(owner_url, cursor_factory=psycopg.ClientCursor) as database:
        database.execute(CASE, facts)
        (subject,) = one(database, "SELECT id FROM thought WHERE n = 1")
        record, rendition = one(database, "SELECT record_id, id FROM item WHERE n = 1")
        database.commit()
        database.autocommit = True
        database.execute("ANALYZE")
    return {"casefile_id": case, "record_id": record, "rendition_id": rendition, "subject_id": subject}


def one(database: psycopg.Connection, sql: str) -> tuple[uuid.UUID, ...]:
    found = database.execute(sql).fetchone()
    assert found
    return found
