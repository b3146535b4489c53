-- Keeps a fact of the index.
INSERT INTO index_state (name, value)
VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
