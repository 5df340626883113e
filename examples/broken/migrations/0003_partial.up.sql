CREATE TYPE mood AS ENUM ('calm', 'cross');
ALTER TABLE tickets ADD COLUMN mood mood;
