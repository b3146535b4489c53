-- One row: the first time after $now at which a feed, sitemap or section of the sources is due; NULL: there is none.
SELECT min(next_poll_at) AS next_poll_at
FROM (
    SELECT next_poll_at
    FROM ops.feed_states
    WHERE list_contains($sources, source)
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc DESC) = 1
)
WHERE next_poll_at > $now;
