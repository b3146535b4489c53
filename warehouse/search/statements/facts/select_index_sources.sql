-- One row is one source of the index.
SELECT
    slug,
    source_id
FROM index_sources
