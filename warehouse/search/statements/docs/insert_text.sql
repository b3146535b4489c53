-- Keeps what is shown of a version.
INSERT INTO texts (doc_id, packed)
VALUES (?, ?)
