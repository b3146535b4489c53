-- One row is one source, by slug.
SELECT *
FROM reports.source_health;
