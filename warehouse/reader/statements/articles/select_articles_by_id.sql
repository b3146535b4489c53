-- One row is one article whose id begins with $start.
SELECT
    article_id,
    source,
    title,
    canonical_url,
    published_at,
    published_precision,
    fetched_at,
    version
FROM main.articles
WHERE starts_with(article_id::VARCHAR, $start)
ORDER BY fetched_at DESC, article_id;
