-- One row is what one version says that `arriving` names, in the columns `fields`. `loaded_at` is named so that
-- files of other times are not read.
SELECT COLUMNS($fields)
FROM main.article_versions AS versions
SEMI JOIN arriving USING (article_id, version, loaded_at)
WHERE versions.loaded_at BETWEEN $first AND $last;
