-- One row is one merge into the story, or into one that was merged into it, or one article that a person took out, or
-- that a person may take out (split_proposed).
WITH RECURSIVE
parts AS (
    SELECT $story_id::UUID AS story_id
    UNION
    SELECT events.other_story_id
    FROM ops.story_events AS events
    JOIN parts ON parts.story_id = events.story_id
    WHERE events.kind = 'merged'
)
SELECT
    step,
    kind,
    if(kind = 'merged', other_story_id, story_id) AS other_story_id,
    article_id,
    cosine,
    shared,
    why,
    at_utc
FROM ops.story_events
WHERE
    (kind IN ('merged', 'split_proposed') AND story_id IN (SELECT story_id FROM parts))
    OR (kind = 'undone' AND other_story_id IN (SELECT story_id FROM parts))
ORDER BY step;
