-- One row is one article of `arriving`: the date that the last fetch with one gave, and its first fetch.
SELECT
    article_id,
    arg_max(published_at, fetched_at) AS published_at,
    arg_max(published_precision, fetched_at) FILTER (published_at IS NOT NULL) AS published_precision,
    min(fetched_at) AS fetched_at
FROM main.text_samples
SEMI JOIN arriving USING (article_id)
GROUP BY article_id
ORDER BY article_id;
