/**
 * The tables in which runners keep their own record of what they applied: made by the runner before
 * its first migration, and no part of the schema. A name is used by several runners where the
 * definition takes the rows of each.
 */
export const RUNNER_TABLES: ReadonlyMap<string, string> = new Map([
  [
    "_prisma_migrations",
    `id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
     logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0`,
  ],
  [
    "_sqlx_migrations",
    `version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL,
     checksum bytea NOT NULL, execution_time bigint NOT NULL`,
  ],
  [
    "__diesel_schema_migrations",
    "version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP",
  ],
  [
    "flyway_schema_history",
    `installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
     script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
     execution_time integer NOT NULL, success boolean NOT NULL`,
  ],
  [
    "goose_db_version",
    "id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now()",
  ],
  ["pgmigrations", "id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL"],
  ["schema_migrations", "version varchar(128) PRIMARY KEY, dirty boolean NOT NULL DEFAULT false"],
]);
