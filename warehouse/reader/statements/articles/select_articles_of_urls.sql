-- One row is one article of which a version was extracted from one of the URLs, the newest first.
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
WHERE article_id IN (
    SELECT moments.article_id
    FROM main.article_timeline AS moments
    JOIN main.article_versions AS versions
        ON versions.article_id = moments.loaded_as AND versions.version = moments.version
    WHERE versions.url IN (SELECT unnest($urls::VARCHAR[]))
)
ORDER BY fetched_at DESC, article_id;
