"""A world of generated records for the benchmarks, written as SQL: agencies, case teams, records, releases, three kinds of reader.

Typical officers are on a dozen case teams, sparse ones on one, broad ones on a quarter of their agency's. One record in ten was
released to another agency's unit, whose readers accepted.
"""

from __future__ import annotations

import uuid

import psycopg

AGENCIES, OFFICERS_EACH, CASES_EACH = 8, 50, 250

COLUMNS = {
    "jurisdiction": "INSERT INTO accounts_jurisdiction (id, code, name, languages) VALUES (gen_random_uuid(), 'BX', 'Benchland', '{en}')",
    "agencies": """
        WITH made AS (INSERT INTO auth_group (name) SELECT 'agency:' || n FROM generate_series(1, %(agencies)s) n RETURNING id, name)
        INSERT INTO accounts_agency (id, name, short_name, seal, time_zone, language, grading_scheme, handling_scheme, status,
                                     group_id, jurisdiction_id)
        SELECT gen_random_uuid(), name, name, 'BX', 'UTC', 'en', 'admiralty', 'europol', 'active', made.id, j.id
        FROM made, accounts_jurisdiction j""",
    "units": """
        WITH made AS (INSERT INTO auth_group (name) SELECT 'unit:' || id FROM accounts_agency RETURNING id, name)
        INSERT INTO accounts_unit (id, name, vetted, agency_id, group_id)
        SELECT gen_random_uuid(), made.name, true, split_part(made.name, ':', 2)::uuid, made.id FROM made""",
    "officers": """
        WITH people AS (SELECT gen_random_uuid() AS id, u.agency_id, u.id AS unit_id, n
                        FROM accounts_unit u, generate_series(1, %(officers)s) n),
             made AS (INSERT INTO auth_group (name) SELECT 'officer:' || id FROM people RETURNING id, name)
        INSERT INTO accounts_officer (id, password, is_superuser, email, name, rank, language, time_zone, theme, keys, is_active,
                                      agency_id, unit_id, personal_group_id)
        SELECT p.id, '!', false, p.id || '@bench.example', 'Officer ' || p.n, '', 'en', 'UTC', '', true, true, p.agency_id, p.unit_id, made.id
        FROM people p JOIN made ON made.name = 'officer:' || p.id""",
    "roles": """
        INSERT INTO accounts_appointment (id, role, officer_id) SELECT gen_random_uuid(), 'investigator', id FROM accounts_officer""",
    "deeds": """
        INSERT INTO accounts_roledeed (id, role, deed, law, agency_id)
        SELECT gen_random_uuid(), 'investigator', deed, '', a.id
        FROM accounts_agency a, unnest(ARRAY['cases.read', 'intelligence.read', 'releases.read']) deed""",
    "at_home": """
        INSERT INTO accounts_membership (id, officer_id, group_id)
        SELECT gen_random_uuid(), o.id, g FROM accounts_officer o JOIN accounts_agency a ON a.id = o.agency_id
        JOIN accounts_unit u ON u.id = o.unit_id, unnest(ARRAY[a.group_id, u.group_id, o.personal_group_id]) g""",
    "cases": """
        WITH files AS (SELECT gen_random_uuid() AS id, u.agency_id, u.id AS unit_id, n,
                              (SELECT id FROM accounts_officer o WHERE o.unit_id = u.id LIMIT 1) AS lead_id
                       FROM accounts_unit u, generate_series(1, %(cases)s) n),
             made AS (INSERT INTO auth_group (name) SELECT 'case:' || id FROM files RETURNING id, name)
        INSERT INTO casefiles_casefile (id, reference, title, summary, status, is_standing, audience, audience_reason, is_compartment,
                                        notice_mode, agency_id, lead_id, team_id, unit_id)
        SELECT f.id, 'B-' || f.n, 'Case ' || f.n, '', 'open', false, 'team', '', false, 'owner-only', f.agency_id, f.lead_id, made.id, f.unit_id
        FROM files f JOIN made ON made.name = 'case:' || f.id""",
    "teams": """
        INSERT INTO accounts_membership (id, officer_id, group_id)
        SELECT gen_random_uuid(), o.id, c.team_id
        FROM (SELECT id, agency_id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS n FROM accounts_officer) o
        JOIN (SELECT agency_id, team_id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS n FROM casefiles_casefile) c
          ON c.agency_id = o.agency_id
        WHERE CASE WHEN o.n = 1 THEN c.n %% 4 = 0 WHEN o.n = 2 THEN c.n = 1 ELSE (c.n + o.n * 7) %% 21 = 0 END""",
    "mirror": """
        INSERT INTO accounts_officer_groups (officer_id, group_id) SELECT DISTINCT officer_id, group_id FROM accounts_membership""",
    "records": """
        INSERT INTO records_record (id, kind, reference, made_at, agency_id, home_id, made_by_id)
        SELECT gen_random_uuid(), 'intelligence', 'B' || n, now() - n * interval '7 seconds', c.agency_id, c.id, c.lead_id
        FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS k FROM casefiles_casefile) c
        JOIN generate_series(1, %(records)s) n ON n %% (SELECT count(*) FROM casefiles_casefile) = c.k""",
    "renditions": """
        INSERT INTO records_rendition (id, number, kind, title, language, handling_scheme, handling_code, handling_text, handling_countries,
                                       handling_atoms, content_hash, reason, made_by_id, record_id, made_at)
        SELECT gen_random_uuid(), 1, 'original', 'Record ' || reference, 'en', 'europol', 'H1', '', '{}', '{LE_ONLY,NO_JUDICIAL}',
               repeat('0', 64), '', made_by_id, id, made_at FROM records_record""",
    "home_grants": """
        INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, origin, shown_at)
        SELECT c.team_id, %(view)s, r.id, 'home', r.made_at FROM records_record r JOIN casefiles_casefile c ON c.id = r.home_id""",
    "release_groups": """
        INSERT INTO auth_group (name) SELECT 'release:' || a.id || ':' || n FROM accounts_agency a, generate_series(1, 40) n""",
    "accepted": """
        INSERT INTO accounts_membership (id, officer_id, group_id)
        SELECT gen_random_uuid(), o.id, g.id FROM auth_group g
        JOIN accounts_officer o ON g.name LIKE 'release:' || o.agency_id || ':%%' AND hashtext(o.id::text || g.name) %% 8 = 0""",
    "released": """
        INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, rendition_id, cause, origin, shown_at, expires_at)
        SELECT g.id, %(view)s, v.record_id, v.id, md5(g.name)::uuid, 'release', v.made_at, now() + interval '1 year'
        FROM (SELECT id, record_id, made_at, row_number() OVER (ORDER BY id) AS n FROM records_rendition) v
        JOIN (SELECT id, name, row_number() OVER (ORDER BY name) - 1 AS n, count(*) OVER () AS groups
              FROM auth_group WHERE name LIKE 'release:%%') g ON v.n %% 10 = 0 AND (v.n / 10) %% g.groups = g.n""",
}


def build(owner_url: str, records: int) -> dict[str, uuid.UUID]:
    """Fill an empty migrated database. Returns an officer of each kind: typical, sparse, broad."""
    with psycopg.connect(owner_url) as database:
        (view,) = database.execute("SELECT id FROM auth_permission WHERE codename = 'view_record'").fetchone() or (0,)
        numbers = {"agencies": AGENCIES, "officers": OFFICERS_EACH, "cases": CASES_EACH, "records": records, "view": view}
        for statement in COLUMNS.values():
            database.execute(statement, numbers)
        database.commit()
        database.autocommit = True
        database.execute("VACUUM ANALYZE")
        officers = database.execute(
            """SELECT n, id FROM (SELECT id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS n FROM accounts_officer) o
               WHERE n <= 3 ORDER BY n"""
        ).fetchall()
    kinds = {1: "broad", 2: "sparse", 3: "typical"}
    return {kinds[number]: officer for number, officer in reversed(officers)}
