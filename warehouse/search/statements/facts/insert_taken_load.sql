-- Keeps that a load is in the index.
INSERT INTO taken_loads (batch_id, loaded_at)
VALUES (?, ?)
ON CONFLICT DO NOTHING
