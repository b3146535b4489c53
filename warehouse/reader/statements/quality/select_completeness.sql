-- One row is one completeness and the number of versions with it that the run loaded of one source.
SELECT
    source,
    completeness,
    count(*) AS articles
FROM main.article_versions
WHERE run_id = $run_id
GROUP BY source, completeness
ORDER BY source, completeness;
