-- Adds the row that names the snapshot of the reader file; one row is returned, 1.
INSERT INTO ops.published BY NAME
SELECT arriving.*
FROM arriving;
