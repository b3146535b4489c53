-- One row is one story of over $large articles that changed since $since and has no proposal to split it, most articles
-- first.
WITH
latest AS (
    SELECT
        story_id,
        articles
    FROM ops.story_states
    QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY step DESC) = 1
)
SELECT latest.story_id
FROM latest
WHERE
    latest.articles > $large
    AND latest.story_id IN (SELECT story_id FROM ops.story_events WHERE at_utc > $since)
    AND latest.story_id NOT IN (SELECT story_id FROM ops.story_events WHERE kind = 'split_proposed')
ORDER BY latest.articles DESC, latest.story_id
LIMIT $most;
