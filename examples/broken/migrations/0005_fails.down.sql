-- The wrong order: likes still point at comments.
DROP TABLE comments;
DROP TABLE likes;
