-- One row is one moment of the timeline of an article of `arriving`, with the columns to compare of its version,
-- oldest first. The same moments as in main.article_timeline, from one scan of the versions instead of five.
WITH
mine AS MATERIALIZED (
    SELECT
        article_id,
        version,
        page_id,
        capture_id,
        fetched_at,
        body_hash,
        authors,
        published_at,
        published_precision,
        word_count,
        loaded_at
    FROM main.article_versions
    WHERE
        loaded_at BETWEEN $first AND $last
        AND (article_id IN (SELECT article_id FROM arriving) OR page_id IN (SELECT article_id FROM arriving))
),
read_anew AS MATERIALIZED (
    SELECT
        capture_id,
        max(loaded_at) AS loaded_at
    FROM main.article_versions
    WHERE cause = 'replayed'
    GROUP BY capture_id
),
standing AS MATERIALIZED (
    SELECT mine.*
    FROM mine
    LEFT JOIN read_anew ON read_anew.capture_id = mine.capture_id
    WHERE read_anew.capture_id IS NULL OR mine.loaded_at >= read_anew.loaded_at
),
again AS (
    SELECT standing.* REPLACE (events.at_utc AS fetched_at)
    FROM ops.events AS events
    JOIN mine ON mine.article_id = events.article_id AND mine.version = events.version
    JOIN standing ON standing.capture_id = mine.capture_id
    ANTI JOIN read_anew ON read_anew.capture_id = events.capture_id
    WHERE events.kind IN ('reverted', 'seen_earlier', 'seen_again')
),
moments AS (
    FROM standing
    UNION ALL
    FROM again
)
SELECT
    coalesce(undone.page_id, moments.article_id) AS article_id,
    moments.version,
    moments.fetched_at AS said_at,
    moments.article_id AS loaded_as,
    moments.capture_id,
    moments.body_hash,
    moments.authors,
    moments.published_at,
    moments.published_precision,
    moments.word_count,
    moments.loaded_at
FROM moments
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = moments.page_id
WHERE coalesce(undone.page_id, moments.article_id) IN (SELECT article_id FROM arriving)
ORDER BY said_at, moments.version;
