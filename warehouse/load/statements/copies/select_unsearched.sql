-- One row is one version that was not searched for mentions, newest fetch first.
SELECT
    article_id,
    version,
    title,
    body,
    language
FROM main.article_versions
ANTI JOIN main.version_mentions USING (article_id, version)
ORDER BY fetched_at DESC, article_id, version
LIMIT $at_most;
