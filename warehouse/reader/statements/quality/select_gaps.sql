-- One row is one field, and the number of versions, of those that the run loaded of one source, in which it is empty:
-- NULL for a column of `fields`, NULL or without entries for a column of `lists`.
WITH
counts AS (
    SELECT
        source,
        count(*) AS articles,
        count(*) FILTER (COLUMNS($fields) IS NULL),
        count(*) FILTER (coalesce(len(COLUMNS($lists)), 0) = 0)
    FROM main.article_versions
    WHERE run_id = $run_id
    GROUP BY source
)
SELECT
    source,
    field,
    articles,
    missing
FROM counts
UNPIVOT (missing FOR field IN (COLUMNS(* EXCLUDE (source, articles))))
ORDER BY source, field;
