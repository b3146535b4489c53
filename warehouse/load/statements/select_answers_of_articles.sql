-- One row is the outcome of one URL of an article of `arriving` in one run, oldest first.
SELECT
    outcomes.article_id,
    outcomes.source,
    outcomes.url,
    outcomes.run_id,
    outcomes.reason,
    outcomes.status,
    outcomes.version,
    outcomes.capture_id,
    coalesce(captures.fetched_at, outcomes.at_utc) AS seen_at
FROM ops.outcomes AS outcomes
LEFT JOIN main.captures AS captures ON captures.capture_id = outcomes.capture_id
WHERE outcomes.kind = 'article' AND outcomes.article_id IN (SELECT article_id FROM arriving)
ORDER BY outcomes.article_id, seen_at, outcomes.run_id, outcomes.url;
