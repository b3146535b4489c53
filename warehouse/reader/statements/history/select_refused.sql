-- One row is one URL of an article of the source that gave none since $since and before $until, oldest first.
SELECT
    run_id,
    source,
    url,
    at_utc,
    reason,
    detail,
    found_in,
    article_id
FROM ops.outcomes
WHERE
    kind = 'article'
    AND source = $source
    AND at_utc >= $since
    AND at_utc < $until
    AND reason NOT IN ('loaded', 'unchanged', 'reverted', 'not_modified', 'duplicate')
ORDER BY at_utc, url
LIMIT 200;
