CREATE SCHEMA billing;
CREATE TYPE state AS ENUM ('draft', 'open', 'closed');
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TYPE address AS (street text, city text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN label AS text;
CREATE SEQUENCE invoice_numbers;

CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text NOT NULL,
  name varchar(50),
  phone text,
  age int,
  created timestamp,
  CONSTRAINT users_email UNIQUE (email)
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL CONSTRAINT orders_user REFERENCES users (id),
  state state NOT NULL DEFAULT 'open',
  total numeric(10, 2) NOT NULL,
  note text,
  region text NOT NULL DEFAULT 'eu',
  placed_at timestamptz NOT NULL DEFAULT now(),
  code varchar(20),
  amount positive,
  tag label
);
CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX orders_code ON orders (code);
CREATE INDEX orders_placed_at ON orders (placed_at);
CREATE TABLE items (
  order_id bigint NOT NULL REFERENCES orders (id),
  product text NOT NULL,
  quantity int,
  PRIMARY KEY (order_id, product)
);
CREATE TABLE "Mixed" ("Id" bigint PRIMARY KEY, "Note" text);
CREATE TABLE billing.invoices (id bigint PRIMARY KEY, number bigint UNIQUE, sum numeric, paid boolean);
CREATE TABLE places (id bigint PRIMARY KEY, home address);
CREATE TABLE plain (a int, b int);
CREATE UNIQUE INDEX plain_a ON plain (a);
CREATE TABLE checked (id bigint PRIMARY KEY, a int, b int, CONSTRAINT a_set CHECK (a IS NOT NULL));
ALTER TABLE checked ADD CONSTRAINT b_set CHECK (b IS NOT NULL) NOT VALID;

CREATE TABLE events (day date NOT NULL, note text) PARTITION BY RANGE (day);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE TABLE events_2027 (day date NOT NULL, note text);
CREATE TABLE computed (a int, b int GENERATED ALWAYS AS (a * 2) STORED);

CREATE TABLE documents (id bigint PRIMARY KEY, owner text NOT NULL, title text NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON documents USING (owner = CURRENT_USER);

CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 'open';
CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
CREATE UNIQUE INDEX totals_user_id ON totals (user_id);
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM orders;

CREATE FUNCTION turnover() RETURNS numeric LANGUAGE sql AS 'SELECT sum(i.sum) FROM billing.invoices i';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
