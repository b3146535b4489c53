-- One row is one of the sources that gave articles, and their number in the last 24 hours and 7 days, by first load.
WITH
first_versions AS (
    SELECT
        source,
        loaded_at
    FROM main.article_versions
    WHERE
        version = 1
        AND loaded_at > $now::TIMESTAMPTZ - INTERVAL 14 DAYS
        AND source IN (SELECT unnest($sources::VARCHAR[]))
)
SELECT
    source,
    count(*) FILTER (loaded_at > $now::TIMESTAMPTZ - INTERVAL 24 HOURS) AS articles_24h,
    count(*) FILTER (loaded_at > $now::TIMESTAMPTZ - INTERVAL 7 DAYS) AS articles_7d,
    bool_or(loaded_at <= $now::TIMESTAMPTZ - INTERVAL 7 DAYS) AS is_older
FROM first_versions
GROUP BY source
ORDER BY source;
