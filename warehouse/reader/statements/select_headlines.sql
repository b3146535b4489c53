-- One row is one of the newest articles.
SELECT
    title,
    source,
    url,
    published_at,
    version
FROM reports.latest_headlines
LIMIT $limit;
