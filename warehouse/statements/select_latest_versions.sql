-- One row is the latest version of an article that `arriving` names.
SELECT
    article_id,
    version,
    body_hash,
    fetched_at
FROM main.article_versions
SEMI JOIN arriving USING (article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1;
