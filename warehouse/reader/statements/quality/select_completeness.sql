-- One row is how many versions that the run loaded of one source have one completeness.
SELECT
    source,
    completeness,
    count(*) AS articles
FROM main.article_versions
WHERE run_id = $run_id
GROUP BY source, completeness
ORDER BY source, completeness;
