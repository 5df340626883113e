/** A hazard that is a house's policy, as a rule of the configuration: what goes under `custom: { own-rule: … }`. */
export interface Policy {
  readonly yaml: string;
  readonly before?: string;
  readonly bad: string;
  readonly good: string;
  /** The rule is about down scripts: so are the examples. */
  readonly down?: true;
}

const T = "CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);";

/** By the hazard's id. The tests run every one. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  "fk-on-delete-cascade": {
    yaml: "forbid: new-constraint\nwhere: { type: foreign-key, on-delete: cascade }",
    before: T,
    bad: "CREATE TABLE u (t_id bigint REFERENCES t ON DELETE CASCADE);",
    good: "CREATE TABLE u (t_id bigint REFERENCES t ON DELETE RESTRICT);",
  },
  "drop-table-needs-parking-name": {
    yaml: "forbid: drop-table\nwhere: { table: { not: '*_del' } }",
    bad: "DROP TABLE t;",
    good: "DROP TABLE t_del;",
  },
  "fk-without-on-delete": {
    yaml: "forbid: new-constraint\nwhere: { type: foreign-key, on-delete: no-action }",
    before: T,
    bad: "CREATE TABLE u (t_id bigint REFERENCES t);",
    good: "CREATE TABLE u (t_id bigint REFERENCES t ON DELETE SET NULL);",
  },
  "fk-not-deferrable": {
    yaml: "forbid: new-constraint\nwhere: { type: foreign-key, deferrable: false }",
    before: T,
    bad: "CREATE TABLE u (t_id bigint REFERENCES t);",
    good: "CREATE TABLE u (t_id bigint REFERENCES t DEFERRABLE);",
  },
  "foreign-keys-forbidden": {
    yaml: "forbid: new-constraint\nwhere: { type: foreign-key }",
    before: T,
    bad: "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES t;",
    good: "ALTER TABLE t ADD CHECK (a > 0);",
  },
  "nullable-foreign-key": {
    yaml: "forbid: new-constraint\nwhere: { type: foreign-key, nullable: true }",
    before: T,
    bad: "CREATE TABLE u (t_id bigint REFERENCES t);",
    good: "CREATE TABLE u (t_id bigint NOT NULL REFERENCES t);",
  },
  "many-column-index": {
    yaml: "forbid: create-index\nwhere: { unique: false, columns: { more-than: 2 } }",
    before: T,
    bad: "CREATE INDEX i ON t (a, b, id);",
    good: "CREATE INDEX i ON t (a, b);",
  },
  "too-many-indexes": {
    yaml: "forbid: create-index\nwhere: { indexes: { more-than: 1 } }",
    before: `${T} CREATE INDEX t_a ON t (a);`,
    bad: "CREATE INDEX t_b ON t (b);",
    good: "CREATE TABLE u (a int); CREATE INDEX u_a ON u (a);",
  },
  "require-idle-in-transaction-timeout": {
    yaml: "require: set-setting\nwhere: { setting: idle_in_transaction_session_timeout }",
    bad: T,
    good: `SET idle_in_transaction_session_timeout = '1min'; ${T}`,
  },
  "require-application-name": {
    yaml: "require: set-setting\nwhere: { setting: application_name }",
    bad: T,
    good: `SET application_name = 'deploy'; ${T}`,
  },
  "down-missing-guards": {
    yaml: "forbid: [drop-table, drop-column, drop-index]\nwhere: { if-exists: false }\ndirection: down",
    bad: "DROP TABLE t;",
    good: "DROP TABLE IF EXISTS t;",
    down: true,
  },
  "text-without-limit": {
    yaml: "forbid: new-column\nwhere: { type: text, checked: false }",
    bad: "CREATE TABLE u (note text);",
    good: "CREATE TABLE u (note text CHECK (length(note) < 500));",
  },
  "enum-type-discouraged": {
    yaml: "forbid: create-enum",
    bad: "CREATE TYPE state AS ENUM ('open');",
    good: "CREATE TABLE states (name text PRIMARY KEY);",
  },
  "pii-column": {
    yaml: "forbid: new-column\nwhere: { name: ['*email*', '*phone*', '*birth*'] }",
    bad: "CREATE TABLE u (work_email text);",
    good: "CREATE TABLE u (note text);",
  },
  "max-char-length": {
    yaml: "forbid: new-column\nwhere: { type: [varchar, bpchar], length: { more-than: 255 } }",
    bad: "CREATE TABLE u (note varchar(500));",
    good: "CREATE TABLE u (note varchar(200));",
  },
  "default-required": {
    yaml: "forbid: new-column\nwhere: { not-null: true, default: false }",
    bad: "CREATE TABLE u (a int NOT NULL);",
    good: "CREATE TABLE u (a int NOT NULL DEFAULT 0);",
  },
  "object-kind-forbidden": {
    yaml: "forbid: [create-trigger, create-view, create-function]",
    bad: "CREATE VIEW v AS SELECT 1 AS a;",
    good: T,
  },
  "protected-table": {
    yaml: "forbid: any\nwhere: { table: ['audit_*', billing.ledger] }",
    bad: "UPDATE billing.ledger SET sum = 0 WHERE id = 1;",
    good: "UPDATE billing.notes SET sum = 0 WHERE id = 1;",
  },
  "set-role-or-owner-policy": {
    yaml: "require: set-setting\nwhere: { setting: role, value: owner }",
    bad: T,
    good: `SET ROLE owner; ${T}`,
  },
  "one-change-per-migration": {
    yaml: "forbid: any\nat-most: 1",
    bad: `${T} CREATE VIEW v AS SELECT 1 AS a;`,
    good: T,
  },
  "changeset-metadata": {
    yaml: "comment: '*SHOP-*'",
    bad: T,
    good: `-- SHOP-41: notes\n${T}`,
  },
};
