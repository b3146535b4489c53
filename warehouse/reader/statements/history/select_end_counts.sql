-- One row is one reason with which URLs of articles of the source ended since $since and before $until; most first.
SELECT
    reason,
    count(*) AS urls
FROM ops.outcomes
WHERE kind = 'article' AND source = $source AND at_utc >= $since AND at_utc < $until
GROUP BY reason
ORDER BY urls DESC, reason;
