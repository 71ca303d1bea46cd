-- The roles of a Meridian database, run once by whoever administers the server, before the first migration.
-- The portal connects as meridian_app and owns nothing; the schema belongs to meridian_owner, as whom nobody signs in.
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['meridian_owner', 'meridian_migrator', 'meridian_app', 'meridian_sealer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE', wanted);
        END IF;
    END LOOP;
END $$;
ALTER ROLE meridian_owner NOLOGIN;
ALTER ROLE meridian_migrator LOGIN;
ALTER ROLE meridian_app LOGIN;
ALTER ROLE meridian_sealer LOGIN;
GRANT meridian_owner TO meridian_migrator;

-- in the portal's own database, which meridian_owner owns
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE meridian_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO meridian_app;
ALTER DEFAULT PRIVILEGES FOR ROLE meridian_owner GRANT USAGE, SELECT ON SEQUENCES TO meridian_app;
