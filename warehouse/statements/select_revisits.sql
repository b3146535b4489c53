-- One row is one article of the sources in `arriving` a rung of whose ladder has passed since it was last looked
-- at, as its latest version was found, newest first; a failure that may pass is no look, but is left for a while.
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
)
SELECT
    owed.source,
    owed.url,
    captures.found_in,
    captures.found_at,
    captures.entry,
    owed.article_id,
    owed.canonical_url,
    CASE WHEN owed.url <> owed.first_url THEN owed.canonical_url END AS known_as
FROM owed
JOIN main.captures AS captures ON captures.capture_id = owed.capture_id
LEFT JOIN looks ON looks.article_id = owed.article_id
WHERE
    coalesce(looks.seen_at, owed.fetched_at) < owed.owed_at
    AND (looks.tried_at IS NULL OR looks.tried_at = looks.seen_at OR looks.tried_at <= $tried_before)
QUALIFY row_number() OVER (PARTITION BY owed.source ORDER BY owed.published_at DESC, owed.url) <= $at_most
ORDER BY owed.published_at DESC, owed.url;
