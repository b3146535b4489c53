-- One row: the numbers of rows that the warehouse holds.
CREATE TABLE kept.totals AS
SELECT
    (SELECT count(DISTINCT source) FROM ops.outcomes) AS sources,
    (SELECT count(*) FROM main.article_versions WHERE version = 1) AS articles,
    (SELECT count(*) FROM main.article_versions) AS versions,
    (SELECT count(*) FROM main.captures) AS captures,
    (SELECT count(*) FROM ops.outcomes) AS outcomes,
    (SELECT count(*) FROM ops.quarantine) AS quarantined,
    (SELECT count(*) FROM kept.unaccounted_urls) AS unaccounted_urls,
    (SELECT count(*) FROM kept.politeness_breaches) AS politeness_breaches;
