-- One row is one source that a run polled: how late its articles of the last 7 days were loaded, against its promise.
-- `delay_median_s` and `delay_p95_s` are seconds from publication, as the page says it, to the row; articles of before
-- the first poll, and those without a time of day, are left out. `share_in_time`: loaded within the promise and five
-- minutes. `entries_missed`: entries that came and left a listing between two polls, estimated. `poll_limit` is of the
-- place that is polled next.
--
-- fresh_within_s: Seconds from publication to row that are promised.
-- articles: Articles of the last 7 days that are measured.
-- delay_median_s: Median seconds from publication to row; NULL: none was measured.
-- delay_p95_s: 95th percentile of these seconds; NULL: none was measured.
-- share_in_time: Share loaded within the promise and five minutes, 0 to 1; NULL: none was measured.
-- entries_missed: Entries that came and left a listing between two polls in the last 7 days, estimated.
-- polls: Polls of the last 7 days.
-- poll_limit: What set the time of the next poll; NULL: it is due at once.
-- next_poll_at: When a feed of it is polled next (UTC); NULL: at the next run.
WITH
places AS (
    SELECT
        source,
        url,
        fresh_within_s,
        poll_limit,
        next_poll_at
    FROM ops.feed_states
    WHERE at_utc <= current_timestamp + INTERVAL 1 HOUR
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc DESC) = 1
),
promises AS (
    SELECT
        source,
        min(fresh_within_s) AS fresh_within_s,
        min(next_poll_at) AS next_poll_at,
        arg_min(poll_limit, next_poll_at) AS poll_limit
    FROM places
    GROUP BY source
),
polls AS (
    SELECT
        source,
        min(at_utc) FILTER (reason IN ('ok', 'not_modified')) AS first_at,
        count(*) FILTER (at_utc > current_timestamp - INTERVAL 7 DAYS) AS polls,
        coalesce(sum(entries_missed) FILTER (at_utc > current_timestamp - INTERVAL 7 DAYS), 0)::BIGINT
            AS entries_missed
    FROM ops.feed_states
    GROUP BY source
),
delays AS (
    SELECT
        versions.source,
        epoch(versions.loaded_at) - epoch(versions.published_at) AS delay_s
    FROM main.article_versions AS versions
    JOIN main.captures AS captures ON captures.capture_id = versions.capture_id
    SEMI JOIN places ON places.source = versions.source AND places.url = captures.found_in
    JOIN polls ON polls.source = versions.source
    WHERE
        versions.version = 1
        AND versions.published_precision = 'second'
        AND versions.loaded_at > current_timestamp - INTERVAL 7 DAYS
        AND versions.published_at BETWEEN polls.first_at AND versions.loaded_at
),
articles AS (
    SELECT
        delays.source,
        count(*) AS articles,
        median(delay_s) AS delay_median_s,
        quantile_cont(delay_s, 0.95) AS delay_p95_s,
        avg((delay_s <= promises.fresh_within_s + 300)::INTEGER) AS share_in_time
    FROM delays
    JOIN promises ON promises.source = delays.source
    GROUP BY delays.source
)
SELECT
    promises.source,
    promises.fresh_within_s,
    coalesce(articles.articles, 0) AS articles,
    articles.delay_median_s,
    articles.delay_p95_s,
    articles.share_in_time,
    polls.entries_missed,
    polls.polls,
    promises.poll_limit,
    promises.next_poll_at
FROM promises
JOIN polls ON polls.source = promises.source
LEFT JOIN articles ON articles.source = promises.source
ORDER BY promises.source;
