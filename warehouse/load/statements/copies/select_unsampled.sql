-- One row is one version that has no sample of its text, newest fetch first.
SELECT
    article_id,
    version,
    source,
    body,
    published_at,
    published_precision,
    fetched_at,
    word_count,
    supersedes
FROM main.article_versions
ANTI JOIN main.text_samples USING (article_id, version)
ORDER BY fetched_at DESC, article_id, version
LIMIT $at_most;
