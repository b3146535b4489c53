-- One row: a fact of the index.
SELECT value
FROM index_state
WHERE name = :name
