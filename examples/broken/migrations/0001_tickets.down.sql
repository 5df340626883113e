DROP TABLE labels;
DROP TABLE tickets;
