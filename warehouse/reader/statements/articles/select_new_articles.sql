-- One row is one article that a run which ended since an instant brought in its first version.
SELECT
    CAST(versions.article_id AS VARCHAR),
    versions.run_id,
    runs.finished_at
FROM main.article_versions AS versions
JOIN ops.runs AS runs ON runs.run_id = versions.run_id
WHERE versions.version = 1
    AND runs.flow <> 'backfill'
    AND runs.finished_at >= $since
ORDER BY runs.finished_at, versions.article_id
