"""A world of generated records for the benchmarks, written as SQL: agencies, case teams, records, releases, three kinds of reader.

Its shape does not change with its size: 25,000 records, 500 cases and 50 officers to an agency, one record in ten released to
another agency's readers. Sparse officers are on one case team and accepted no release, broad ones on every fourth team of their
agency, typical ones on a dozen.
"""

from __future__ import annotations

import uuid

import psycopg

RECORDS_OF_AN_AGENCY, CASES_EACH, OFFICERS_EACH, RELEASES_EACH = 25_000, 500, 50, 40
KINDS = {1: "broad", 2: "sparse", 3: "typical"}

WORLD = """
CREATE TEMP TABLE person (id uuid, agency_id uuid, unit_id uuid, group_id int, n int);
CREATE TEMP TABLE file (id uuid, agency_id uuid, team_id int, lead_id uuid, n int, k int);

INSERT INTO accounts_jurisdiction (id, code, name, languages) VALUES (gen_random_uuid(), 'BX', 'Benchland', '{en}');

WITH made AS (INSERT INTO auth_group (name) SELECT 'agency:' || n FROM generate_series(1, :agencies) n RETURNING id, name)
INSERT INTO accounts_agency (id, name, short_name, seal, time_zone, language, grading_scheme, handling_scheme, status, group_id,
                             jurisdiction_id)
SELECT gen_random_uuid(), made.name, made.name, 'BX', 'UTC', 'en', 'admiralty', 'europol', 'active', made.id, j.id
FROM made, accounts_jurisdiction j;

WITH made AS (INSERT INTO auth_group (name) SELECT 'unit:' || id FROM accounts_agency RETURNING id, name)
INSERT INTO accounts_unit (id, name, vetted, agency_id, group_id)
SELECT gen_random_uuid(), name, true, split_part(name, ':', 2)::uuid, id FROM made;

INSERT INTO person (id, agency_id, unit_id, n)
SELECT gen_random_uuid(), agency_id, id, n FROM accounts_unit, generate_series(1, :officers) n;
WITH made AS (INSERT INTO auth_group (name) SELECT 'officer:' || id FROM person RETURNING id, name)
UPDATE person SET group_id = made.id FROM made WHERE made.name = 'officer:' || person.id;
INSERT INTO accounts_officer (id, password, is_superuser, email, name, rank, language, time_zone, theme, keys, is_active,
                              agency_id, unit_id, personal_group_id)
SELECT id, '!', false, id || '@bench.example', 'Officer ' || n, '', 'en', 'UTC', '', true, true, agency_id, unit_id, group_id FROM person;
INSERT INTO accounts_appointment (id, role, officer_id) SELECT gen_random_uuid(), 'investigator', id FROM person;
INSERT INTO accounts_roledeed (id, role, deed, law, agency_id)
SELECT gen_random_uuid(), 'investigator', deed, '', id
FROM accounts_agency, unnest('{cases.read, intelligence.read, releases.read}'::text[]) deed;

INSERT INTO file (id, agency_id, lead_id, n, k)
SELECT gen_random_uuid(), agency_id, id, c, row_number() OVER () - 1 FROM person, generate_series(1, :cases) c WHERE person.n = 1;
WITH made AS (INSERT INTO auth_group (name) SELECT 'case:' || id FROM file RETURNING id, name)
UPDATE file SET team_id = made.id FROM made WHERE made.name = 'case:' || file.id;
INSERT INTO casefiles_casefile (id, reference, title, summary, status, outcome, is_standing, audience, audience_reason, is_compartment,
                                notice_mode, agency_id, lead_id, team_id, unit_id)
SELECT f.id, 'B-' || f.n, 'Case ' || f.n, '', 'open', '', false, 'team', '', false, 'owner-only', f.agency_id, f.lead_id, f.team_id,
       p.unit_id
FROM file f JOIN person p ON p.id = f.lead_id;

INSERT INTO auth_group (name) SELECT 'release:' || id || ':' || n FROM accounts_agency, generate_series(1, :releases) n;
INSERT INTO accounts_membership (id, officer_id, group_id)
SELECT gen_random_uuid(), p.id, g FROM person p JOIN accounts_agency a ON a.id = p.agency_id JOIN accounts_unit u ON u.id = p.unit_id,
       unnest(ARRAY[a.group_id, u.group_id, p.group_id]) g
UNION ALL
SELECT gen_random_uuid(), p.id, f.team_id FROM person p JOIN file f USING (agency_id)
WHERE CASE p.n WHEN 1 THEN f.n % 4 = 0 WHEN 2 THEN f.n = 1 ELSE (f.n + p.n * 7) % 42 = 0 END
UNION ALL
SELECT gen_random_uuid(), p.id, g.id FROM person p JOIN auth_group g ON split_part(g.name, ':', 2) = p.agency_id::text
WHERE g.name LIKE 'release:%' AND p.n <> 2 AND (g.id + p.n) % 8 = 0;
INSERT INTO accounts_officer_groups (officer_id, group_id) SELECT officer_id, group_id FROM accounts_membership;

INSERT INTO records_record (id, kind, reference, made_at, agency_id, home_id, made_by_id)
SELECT gen_random_uuid(), 'intelligence', 'B' || r, now() - r * interval '7 seconds', f.agency_id, f.id, f.lead_id
FROM generate_series(1, :records) r JOIN file f ON f.k = r % (SELECT count(*) FROM file);
INSERT INTO records_rendition (id, number, kind, title, language, handling_scheme, handling_code, handling_text, handling_countries,
                               handling_atoms, content_hash, reason, made_by_id, record_id, made_at)
SELECT gen_random_uuid(), 1, 'original', 'Record ' || reference, 'en', 'europol', 'H1', '', '{}', '{LE_ONLY,NO_JUDICIAL}',
       repeat('0', 64), '', made_by_id, id, made_at FROM records_record;

INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, origin, shown_at, cause_reference)
SELECT f.team_id, p.id, r.id, 'home', r.made_at, '' FROM auth_permission p, records_record r JOIN file f ON f.id = r.home_id
WHERE p.codename = 'view_record';
INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, rendition_id, cause, origin, shown_at, expires_at,
                                 cause_reference)
SELECT g.id, p.id, v.record_id, v.id, md5(g.name)::uuid, 'release', v.made_at, now() + interval '1 year', ''
FROM auth_permission p,
     (SELECT *, row_number() OVER (ORDER BY id) AS n FROM records_rendition) v
JOIN (SELECT *, row_number() OVER (ORDER BY name) - 1 AS n, count(*) OVER () AS all_of_them FROM auth_group
      WHERE name LIKE 'release:%') g ON v.n % 10 = 0 AND (v.n / 10) % g.all_of_them = g.n
WHERE p.codename = 'view_record';
"""
# the list without the filter has an index of its own to go by: it is compared at its best
INDEX = "CREATE INDEX benchmark_records_newest ON records_record (made_at DESC, id DESC)"


def build(owner_url: str, records: int) -> dict[str, list[uuid.UUID]]:
    """Fill an empty migrated database. Returns the officers of each kind, one per agency."""
    sizes = {"agencies": max(2, records // RECORDS_OF_AN_AGENCY), "cases": CASES_EACH, "officers": OFFICERS_EACH}
    sizes |= {"releases": RELEASES_EACH, "records": records}
    script = WORLD
    for name, size in sizes.items():
        script = script.replace(f":{name}", str(size))
    with psycopg.connect(owner_url) as database:
        database.execute(script)
        found = database.execute("SELECT n, id FROM person WHERE n <= 3 ORDER BY agency_id").fetchall()
        database.commit()
        database.autocommit = True
        database.execute(INDEX)
        database.execute("VACUUM ANALYZE")
    return {kind: [officer for n, officer in found if n == number] for number, kind in KINDS.items()}
