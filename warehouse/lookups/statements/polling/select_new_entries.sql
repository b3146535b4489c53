-- One row is one place (source, url) of `arriving` that listed new entries in polls since $since: the hours in which
-- these appeared (`hours`, since 1970) and how many appeared in each (`entries`), in the same order.
WITH
appeared AS (
    SELECT
        source,
        url,
        unnest(entries_new_at) AS at_utc
    FROM ops.feed_states
    SEMI JOIN arriving USING (source, url)
    WHERE at_utc >= $since AND len(entries_new_at) > 0
),
hourly AS (
    SELECT
        source,
        url,
        epoch(at_utc)::BIGINT // 3600 AS hour,
        count(*) AS entries
    FROM appeared
    GROUP BY ALL
)
SELECT
    source,
    url,
    list(hour ORDER BY hour) AS hours,
    list(entries ORDER BY hour) AS entries
FROM hourly
GROUP BY source, url;
