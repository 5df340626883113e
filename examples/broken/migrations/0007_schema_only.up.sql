DELETE FROM tickets WHERE title LIKE 'Leaking%';
