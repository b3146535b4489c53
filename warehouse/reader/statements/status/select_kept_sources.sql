-- One row is one source, by slug.
SELECT *
FROM kept.source_health;
