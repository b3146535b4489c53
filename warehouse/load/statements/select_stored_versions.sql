-- One row is the columns `fields` of one version that `arriving` names. The condition on `loaded_at` lets DuckDB
-- skip files of other times.
SELECT COLUMNS($fields)
FROM main.article_versions AS versions
SEMI JOIN arriving USING (article_id, version, loaded_at)
WHERE versions.loaded_at BETWEEN $first AND $last;
