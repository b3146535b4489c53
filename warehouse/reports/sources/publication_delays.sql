-- One row is one source on one day: how late its new articles were rows. Seconds from publication, as the page says it,
-- to the row; articles of before the first answered poll, and those without a time of day, are left out. Newest day first.
--
-- day: The day (UTC) on which they were loaded.
-- articles: Articles that are measured.
-- delay_median_s: Median seconds from publication to row.
-- delay_p95_s: 95th percentile of these seconds.
-- share_within_1h: Share that was a row within an hour, 0 to 1.
WITH
polls AS (
    SELECT
        source,
        min(at_utc) AS first_at
    FROM ops.feed_states
    WHERE reason IN ('ok', 'not_modified')
    GROUP BY source
),
delays AS (
    SELECT
        (versions.loaded_at AT TIME ZONE 'UTC')::DATE AS day,
        versions.source,
        epoch(versions.loaded_at) - epoch(versions.published_at) AS delay_s
    FROM main.article_versions AS versions
    JOIN polls ON polls.source = versions.source
    WHERE
        versions.version = 1
        AND versions.published_precision = 'second'
        AND versions.published_at BETWEEN polls.first_at AND versions.loaded_at
)
SELECT
    day,
    source,
    count(*) AS articles,
    median(delay_s) AS delay_median_s,
    quantile_cont(delay_s, 0.95) AS delay_p95_s,
    count(*) FILTER (delay_s <= 3600) / count(*) AS share_within_1h
FROM delays
GROUP BY day, source
ORDER BY day DESC, source;
