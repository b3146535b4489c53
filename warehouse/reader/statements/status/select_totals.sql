-- One row: the numbers of rows that the warehouse holds.
SELECT
    (SELECT count(DISTINCT source) FROM ops.outcomes) AS sources,
    (SELECT count(DISTINCT article_id) FROM main.article_versions) AS articles,
    (SELECT count(*) FROM main.article_versions) AS versions,
    (SELECT count(*) FROM main.captures) AS captures,
    (SELECT count(*) FROM ops.outcomes) AS outcomes,
    (SELECT count(*) FROM ops.quarantine) AS quarantined,
    (SELECT count(*) FROM reports.unaccounted_urls) AS unaccounted_urls,
    (SELECT count(*) FROM reports.politeness_breaches) AS politeness_breaches;
