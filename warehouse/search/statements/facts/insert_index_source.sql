-- One row: the id of a source that is new.
INSERT INTO index_sources (slug)
VALUES (:slug)
RETURNING source_id
