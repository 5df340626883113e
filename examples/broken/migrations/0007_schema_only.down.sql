-- The table comes back, its rows do not.
CREATE TABLE labels (
    name text PRIMARY KEY,
    colour text NOT NULL
);
