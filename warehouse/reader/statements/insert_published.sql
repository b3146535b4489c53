-- Adds the row that says what the reader file shows; one row is returned, 1.
INSERT INTO ops.published BY NAME
SELECT arriving.*
FROM arriving;
