-- One row: the last observation of the feed, sitemap or section at $url.
SELECT *
FROM ops.feed_states
WHERE url = $url
ORDER BY at_utc DESC
LIMIT 1;
