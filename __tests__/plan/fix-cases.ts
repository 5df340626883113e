/** A change of one project, and the files that its fixes leave edited or added. */
export interface FixCase {
  readonly title: string;
  readonly history: Readonly<Record<string, string>>;
  readonly added: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, string>>;
}

const TABLES =
  "CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, email text);\nCREATE INDEX orders_customer_id ON orders (customer_id);\n";
const DROP_TABLES = "DROP TABLE orders, customers;\n";
const INDEX = "CREATE INDEX orders_email ON orders (email);\n";
const CONCURRENT = "CREATE INDEX CONCURRENTLY orders_email ON orders (email);\n";
const DROP = "DROP INDEX orders_email;\n";
const DROP_CONCURRENT = "DROP INDEX CONCURRENTLY orders_email;\n";
const KEY =
  "ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)";
const DROP_KEY = "ALTER TABLE orders DROP CONSTRAINT orders_customer;\n";
const VALIDATE = "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer;\n";
const KEPT =
  "-- migrate-verify: irreversible a validated constraint stays so until it is dropped\n";
const LOCAL = "SET LOCAL lock_timeout = '5s';\n";
const SESSION = "SET lock_timeout = '5s';\n";

const GOLANG = "db/migrations";
const PRISMA = "prisma/migrations";
const PRISMA_HISTORY = {
  [`${PRISMA}/migration_lock.toml`]: 'provider = "postgresql"\n',
  [`${PRISMA}/20260101000000_init/migration.sql`]: TABLES,
};
const CARGO = {
  "Cargo.toml": '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n',
};

function goose(up: string, down: string): string {
  return `-- +goose Up\n${up}\n-- +goose Down\n${down}`;
}

function dbmate(up: string, down: string, mark = ""): string {
  return `-- migrate:up${mark}\n${up}\n-- migrate:down${mark}\n${down}`;
}

export const CASES: readonly FixCase[] = [
  {
    title: "golang-migrate: an index, up and down",
    history: {
      [`${GOLANG}/000001_init.up.sql`]: TABLES,
      [`${GOLANG}/000001_init.down.sql`]: DROP_TABLES,
    },
    added: {
      [`${GOLANG}/000002_email.up.sql`]: INDEX,
      [`${GOLANG}/000002_email.down.sql`]: DROP,
    },
    fixed: {
      [`${GOLANG}/000002_email.up.sql`]: CONCURRENT,
      [`${GOLANG}/000002_email.down.sql`]: DROP_CONCURRENT,
    },
  },
  {
    title: "golang-migrate: a foreign key, validated in the next migration",
    history: {
      [`${GOLANG}/000001_init.up.sql`]: TABLES,
      [`${GOLANG}/000001_init.down.sql`]: DROP_TABLES,
    },
    added: {
      [`${GOLANG}/000002_key.up.sql`]: `${KEY};\n`,
      [`${GOLANG}/000002_key.down.sql`]: DROP_KEY,
    },
    fixed: {
      [`${GOLANG}/000002_key.up.sql`]: `${SESSION}${KEY} NOT VALID;\n`,
      [`${GOLANG}/000003_validate_orders_customer.up.sql`]: VALIDATE,
      [`${GOLANG}/000003_validate_orders_customer.down.sql`]: KEPT,
    },
  },
  {
    title: "goose: an index in a file that gives up its transaction",
    history: { "migrations/20260101000000_init.sql": goose(TABLES, DROP_TABLES) },
    added: { "migrations/20260102000000_email.sql": goose(INDEX, DROP) },
    fixed: {
      "migrations/20260102000000_email.sql": `-- +goose NO TRANSACTION\n${goose(CONCURRENT, DROP_CONCURRENT)}`,
    },
  },
  {
    title: "goose: a foreign key, and a version that is a time",
    history: { "migrations/20260101000000_init.sql": goose(TABLES, DROP_TABLES) },
    added: { "migrations/20260131235959_key.sql": goose(`${KEY};\n`, DROP_KEY) },
    fixed: {
      "migrations/20260131235959_key.sql": goose(`${LOCAL}${KEY} NOT VALID;\n`, DROP_KEY),
      "migrations/20260201000000_validate_orders_customer.sql": goose(VALIDATE, KEPT),
    },
  },
  {
    title: "dbmate: an index, up and down",
    history: { "db/migrations/20260101000000_init.sql": dbmate(TABLES, DROP_TABLES) },
    added: { "db/migrations/20260102000000_email.sql": dbmate(INDEX, DROP) },
    fixed: {
      "db/migrations/20260102000000_email.sql": dbmate(
        CONCURRENT,
        DROP_CONCURRENT,
        " transaction:false",
      ),
    },
  },
  {
    title: "dbmate: a foreign key",
    history: { "db/migrations/20260101000000_init.sql": dbmate(TABLES, DROP_TABLES) },
    added: { "db/migrations/20260102000000_key.sql": dbmate(`${KEY};\n`, DROP_KEY) },
    fixed: {
      "db/migrations/20260102000000_key.sql": dbmate(`${LOCAL}${KEY} NOT VALID;\n`, DROP_KEY),
      "db/migrations/20260102000001_validate_orders_customer.sql": dbmate(VALIDATE, KEPT),
    },
  },
  {
    title: "SQLx: an index and its down",
    history: {
      ...CARGO,
      "migrations/1_init.up.sql": TABLES,
      "migrations/1_init.down.sql": DROP_TABLES,
    },
    added: { "migrations/2_email.up.sql": INDEX, "migrations/2_email.down.sql": DROP },
    fixed: {
      "migrations/2_email.up.sql": `-- no-transaction\n${CONCURRENT}`,
      "migrations/2_email.down.sql": `-- no-transaction\n${DROP_CONCURRENT}`,
    },
  },
  {
    title: "Diesel: an index in a folder that gets metadata",
    history: {
      "migrations/2026-01-01-000000_init/up.sql": TABLES,
      "migrations/2026-01-01-000000_init/down.sql": DROP_TABLES,
    },
    added: {
      "migrations/2026-01-02-000000_email/up.sql": INDEX,
      "migrations/2026-01-02-000000_email/down.sql": DROP,
    },
    fixed: {
      "migrations/2026-01-02-000000_email/up.sql": CONCURRENT,
      "migrations/2026-01-02-000000_email/down.sql": DROP_CONCURRENT,
      "migrations/2026-01-02-000000_email/metadata.toml": "run_in_transaction = false\n",
    },
  },
  {
    title: "Diesel: a foreign key",
    history: {
      "migrations/2026-01-01-000000_init/up.sql": TABLES,
      "migrations/2026-01-01-000000_init/down.sql": DROP_TABLES,
    },
    added: {
      "migrations/2026-01-02-000000_key/up.sql": `${KEY};\n`,
      "migrations/2026-01-02-000000_key/down.sql": DROP_KEY,
    },
    fixed: {
      "migrations/2026-01-02-000000_key/up.sql": `${LOCAL}${KEY} NOT VALID;\n`,
      "migrations/2026-01-02-000001_validate_orders_customer/up.sql": VALIDATE,
      "migrations/2026-01-02-000001_validate_orders_customer/down.sql": KEPT,
    },
  },
  {
    title: "Flyway: an index, which it runs outside of a transaction by itself",
    history: { "src/main/resources/db/migration/V1.0__init.sql": TABLES },
    added: { "src/main/resources/db/migration/V1.1__email.sql": INDEX },
    fixed: { "src/main/resources/db/migration/V1.1__email.sql": CONCURRENT },
  },
  {
    title: "Flyway: a foreign key",
    history: { "src/main/resources/db/migration/V1.0__init.sql": TABLES },
    added: { "src/main/resources/db/migration/V1.1__key.sql": `${KEY};\n` },
    fixed: {
      "src/main/resources/db/migration/V1.1__key.sql": `${LOCAL}${KEY} NOT VALID;\n`,
      "src/main/resources/db/migration/V1.2__validate_orders_customer.sql": VALIDATE,
    },
  },
  {
    title: "Prisma: a column that becomes required, in three migrations",
    history: PRISMA_HISTORY,
    added: {
      [`${PRISMA}/20260102000000_email/migration.sql`]:
        "-- AlterTable\nALTER TABLE orders ALTER COLUMN email SET NOT NULL;\n",
    },
    fixed: {
      [`${PRISMA}/20260102000000_email/migration.sql`]: `-- AlterTable\n${SESSION}ALTER TABLE orders ADD CONSTRAINT orders_email_present CHECK (email IS NOT NULL) NOT VALID;\n`,
      [`${PRISMA}/20260102000001_validate_orders_email_present/migration.sql`]:
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_email_present;\n",
      [`${PRISMA}/20260102000002_set_orders_email_not_null/migration.sql`]: `${SESSION}ALTER TABLE orders ALTER COLUMN email SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT orders_email_present;\n`,
    },
  },
  {
    title: "node-pg-migrate: a foreign key; an index cannot leave its transaction",
    history: {
      "package.json": '{"dependencies":{"node-pg-migrate":"8.0.0"}}',
      "migrations/1_init.sql": `-- Up Migration\n${TABLES}\n-- Down Migration\n${DROP_TABLES}`,
    },
    added: {
      "migrations/2_key.sql": `-- Up Migration\n${LOCAL}${INDEX}${KEY};\n\n-- Down Migration\n${DROP_KEY}DROP INDEX orders_email;\n`,
    },
    fixed: {
      "migrations/2_key.sql": `-- Up Migration\n${LOCAL}${INDEX}${KEY} NOT VALID;\n\n-- Down Migration\n${DROP_KEY}DROP INDEX orders_email;\n`,
      "migrations/3_validate_orders_customer.sql": `-- Up Migration\n${VALIDATE}\n-- Down Migration\n${KEPT}`,
    },
  },
  {
    title: "Supabase: a CHECK, with names that need quotes",
    history: {
      "supabase/migrations/20260101000000_init.sql":
        'CREATE TABLE "user" (id bigint PRIMARY KEY, "Total" numeric);\n',
    },
    added: {
      "supabase/migrations/20260102000000_total.sql":
        'ALTER TABLE "user" ADD CONSTRAINT "Total positive" CHECK ("Total" >= 0);\n',
    },
    fixed: {
      "supabase/migrations/20260102000000_total.sql": `${SESSION}ALTER TABLE "user" ADD CONSTRAINT "Total positive" CHECK ("Total" >= 0) NOT VALID;\n`,
      "supabase/migrations/20260102000001_validate_total_positive.sql":
        'ALTER TABLE "user" VALIDATE CONSTRAINT "Total positive";\n',
    },
  },
];
