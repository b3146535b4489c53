-- Keeps that the index has followed a request to forget.
INSERT INTO seen_forgets (forget_id)
VALUES (?)
ON CONFLICT DO NOTHING
