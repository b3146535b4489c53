-- One row is one article of the sources in `arriving` that is due for a revisit, with the link of its latest version,
-- newest first: a step of the revisit ladder has passed since its last fetch. A temporary failure does not count as a
-- fetch, but delays the next. If every fetch failed temporarily, the ladder starts at the first attempt.
WITH
versions AS (
    SELECT
        source,
        article_id,
        url,
        canonical_url,
        capture_id,
        fetched_at,
        published_at,
        first_value(url) OVER (PARTITION BY article_id ORDER BY version) AS first_url
    FROM main.article_versions
    SEMI JOIN arriving USING (source)
    WHERE fetched_at > $since
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
),
owed AS (
    SELECT versions.*, max(published_at + to_seconds(rung_s)) AS owed_at
    FROM versions
    CROSS JOIN (SELECT unnest($rungs_s::DOUBLE[]) AS rung_s)
    WHERE published_at > $since AND published_at + to_seconds(rung_s) <= $now
    GROUP BY ALL
),
attempts AS (
    SELECT owed.article_id, outcomes.at_utc, outcomes.reason, outcomes.status
    FROM ops.outcomes AS outcomes
    JOIN owed USING (article_id)
    WHERE outcomes.kind = 'article' AND outcomes.at_utc > $since
    UNION ALL
    SELECT owed.article_id, outcomes.at_utc, outcomes.reason, outcomes.status
    FROM ops.outcomes AS outcomes
    JOIN owed USING (source, url)
    WHERE outcomes.kind = 'article' AND outcomes.at_utc > $since AND outcomes.article_id IS NULL
),
looks AS (
    SELECT
        article_id,
        max(at_utc) AS tried_at,
        max(at_utc) FILTER (
            WHERE NOT (
                reason IN (SELECT unnest($passing::VARCHAR[]))
                OR (reason = 'http_error' AND status IN (SELECT unnest($passing_status::BIGINT[])))
            )
        ) AS seen_at
    FROM attempts
    GROUP BY article_id
),
met AS (
    SELECT
        outcomes.source,
        outcomes.url,
        outcomes.found_in,
        outcomes.at_utc,
        outcomes.reason IN (SELECT unnest($failed::VARCHAR[]))
        OR (outcomes.reason = 'http_error' AND outcomes.status IN (SELECT unnest($passing_status::BIGINT[])))
            AS is_failed
    FROM ops.outcomes AS outcomes
    SEMI JOIN arriving USING (source)
    SEMI JOIN ops.feed_states AS feeds ON feeds.source = outcomes.source AND feeds.url = outcomes.found_in
    WHERE outcomes.kind = 'article' AND outcomes.at_utc > $since
),
missed AS (
    SELECT
        met.source,
        met.url,
        min_by(met.found_in, met.at_utc) AS found_in,
        min(met.at_utc) AS first_at,
        max(met.at_utc) AS tried_at
    FROM met
    GROUP BY met.source, met.url
    HAVING bool_and(met.is_failed)
),
missed_owed AS (
    SELECT missed.*, max(first_at + to_seconds(rung_s)) AS owed_at
    FROM missed
    CROSS JOIN (SELECT unnest($rungs_s::DOUBLE[]) AS rung_s)
    WHERE first_at + to_seconds(rung_s) <= $now
    GROUP BY ALL
),
due AS (
    SELECT
        owed.source,
        owed.url,
        captures.found_in,
        captures.found_at,
        captures.entry,
        owed.article_id,
        owed.canonical_url,
        CASE WHEN owed.url <> owed.first_url THEN owed.canonical_url END AS known_as,
        owed.published_at AS dated_at
    FROM owed
    JOIN main.captures AS captures ON captures.capture_id = owed.capture_id
    LEFT JOIN looks ON looks.article_id = owed.article_id
    WHERE
        coalesce(looks.seen_at, owed.fetched_at) < owed.owed_at
        AND (looks.tried_at IS NULL OR looks.tried_at = looks.seen_at OR looks.tried_at <= $tried_before)
    UNION ALL
    SELECT
        source,
        url,
        found_in,
        first_at AS found_at,
        '{}' AS entry,
        NULL AS article_id,
        url AS canonical_url,
        NULL AS known_as,
        first_at AS dated_at
    FROM missed_owed
    WHERE tried_at < owed_at
)
SELECT * EXCLUDE (dated_at)
FROM due
QUALIFY row_number() OVER (PARTITION BY source ORDER BY dated_at DESC, url) <= $at_most
ORDER BY dated_at DESC, url;
