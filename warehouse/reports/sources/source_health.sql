-- One row is one source that any run processed: whether its feeds answer, and its number of articles (by the time
-- of their first load) in the last 24 hours, in the last 7 days and in the 7 days before these. `last_poll_at` is the
-- last poll of any of its feeds, and `next_poll_at` the first instant at which one is due (NULL: at the next run).
-- `health` is its state since `health_since`, with what shows it (`health_evidence`; NULL: it was not judged yet). Feeds
-- that its file names no longer, feeds of a source that rests, and sources that never had a file are left out.
--
-- last_run_id: The last run that asked anything of it.
-- last_at: Its last outcome (UTC).
-- last_feed_ok_at: Last answer of any of its feeds (UTC); NULL: none ever.
-- last_article_ok_at: Last page that gave a known or new article (UTC); NULL: none ever.
-- last_outcome: Reason with which its last page ended; NULL: none was fetched.
-- feeds_ok: Feeds whose last poll was answered.
-- feeds_failing: Feeds whose last poll failed.
-- failing: Reason and URL of each of these.
-- articles: Articles loaded ever.
-- articles_24h: Articles loaded first in the last 24 hours.
-- articles_7d: Articles loaded first in the last 7 days.
-- articles_7d_before: Articles loaded first in the 7 days before these.
-- last_poll_at: Last poll of any of its feeds (UTC); NULL: none.
-- next_poll_at: First instant at which a feed is due (UTC); NULL: at the next run.
-- health: State of its health; NULL: not judged yet.
-- health_since: Since when it is in that state (UTC).
-- health_evidence: What shows it.
WITH
declared AS (
    SELECT
        slug,
        places
    FROM ops.source_states
    QUALIFY row_number() OVER (PARTITION BY slug ORDER BY at_utc DESC) = 1
),
judged AS (
    SELECT
        source,
        state AS health,
        since AS health_since,
        evidence AS health_evidence
    FROM ops.health_states
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY at_utc DESC, run_id DESC) = 1
),
runs_of_sources AS (
    SELECT
        source,
        max(at_utc) AS last_at,
        arg_max(run_id, at_utc) AS last_run_id
    FROM ops.outcomes
    WHERE
        source IN (SELECT slug FROM declared)
        OR NOT EXISTS (FROM declared)
    GROUP BY source
),
last_outcomes AS (
    SELECT
        source,
        arg_max(reason, at_utc) AS last_outcome,
        max(at_utc) FILTER (reason IN ('loaded', 'unchanged', 'reverted', 'not_modified')) AS last_article_ok_at
    FROM ops.outcomes
    WHERE kind = 'article'
    GROUP BY source
),
all_states AS (
    SELECT
        source,
        url,
        kind,
        named_by,
        reason,
        at_utc,
        next_poll_at
    FROM ops.feed_states
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc DESC) = 1
),
last_states AS (
    SELECT states.*
    FROM all_states AS states
    LEFT JOIN declared ON declared.slug = states.source
    LEFT JOIN judged ON judged.source = states.source
    LEFT JOIN all_states AS above ON above.source = states.source AND above.url = states.named_by
    WHERE
        judged.health IS DISTINCT FROM 'resting'
        AND (
            declared.places IS NULL
            OR len(declared.places) = 0
            OR list_contains(declared.places, states.url)
            OR list_contains(declared.places, states.named_by)
            OR list_contains(declared.places, above.named_by)
        )
),
feeds AS (
    SELECT
        source,
        count(*) FILTER (reason IN ('ok', 'not_modified')) AS feeds_ok,
        count(*) FILTER (reason NOT IN ('ok', 'not_modified')) AS feeds_failing,
        list(reason || ' ' || url ORDER BY url) FILTER (reason NOT IN ('ok', 'not_modified')) AS failing,
        max(at_utc) AS last_poll_at,
        CASE WHEN count(next_poll_at) = count(*) THEN min(next_poll_at) END AS next_poll_at
    FROM last_states
    GROUP BY source
),
feed_answers AS (
    SELECT
        source,
        max(at_utc) FILTER (reason IN ('ok', 'not_modified')) AS last_feed_ok_at
    FROM ops.feed_states
    GROUP BY source
),
first_versions AS (
    SELECT
        source,
        count(*) AS articles,
        count(*) FILTER (loaded_at > current_timestamp - INTERVAL 24 HOURS) AS articles_24h,
        count(*) FILTER (loaded_at > current_timestamp - INTERVAL 7 DAYS) AS articles_7d,
        count(*) FILTER (
            loaded_at BETWEEN current_timestamp - INTERVAL 14 DAYS AND current_timestamp - INTERVAL 7 DAYS
        ) AS articles_7d_before
    FROM main.article_versions
    WHERE version = 1
    GROUP BY source
)
SELECT
    runs_of_sources.source,
    runs_of_sources.last_run_id,
    runs_of_sources.last_at,
    feed_answers.last_feed_ok_at,
    last_outcomes.last_article_ok_at,
    last_outcomes.last_outcome,
    coalesce(feeds.feeds_ok, 0) AS feeds_ok,
    coalesce(feeds.feeds_failing, 0) AS feeds_failing,
    coalesce(feeds.failing, []) AS failing,
    coalesce(first_versions.articles, 0) AS articles,
    coalesce(first_versions.articles_24h, 0) AS articles_24h,
    coalesce(first_versions.articles_7d, 0) AS articles_7d,
    coalesce(first_versions.articles_7d_before, 0) AS articles_7d_before,
    feeds.last_poll_at,
    feeds.next_poll_at,
    judged.health,
    judged.health_since,
    judged.health_evidence
FROM runs_of_sources
LEFT JOIN judged ON judged.source = runs_of_sources.source
LEFT JOIN last_outcomes ON last_outcomes.source = runs_of_sources.source
LEFT JOIN feeds ON feeds.source = runs_of_sources.source
LEFT JOIN feed_answers ON feed_answers.source = runs_of_sources.source
LEFT JOIN first_versions ON first_versions.source = runs_of_sources.source
ORDER BY runs_of_sources.source;
