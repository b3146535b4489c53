-- One row is one fetch after $since that met a known version of an article of `arriving`, oldest first.
SELECT
    outcomes.article_id,
    outcomes.version,
    captures.fetched_at AS seen_at,
    outcomes.capture_id,
    outcomes.source,
    outcomes.url
FROM ops.outcomes AS outcomes
JOIN main.captures AS captures ON captures.capture_id = outcomes.capture_id
WHERE
    outcomes.at_utc > $since
    AND captures.fetched_at > $since
    AND outcomes.article_id IN (SELECT article_id FROM arriving)
    AND outcomes.version IS NOT NULL
    AND outcomes.reason IN ('unchanged', 'not_modified')
ORDER BY captures.fetched_at, outcomes.capture_id;
