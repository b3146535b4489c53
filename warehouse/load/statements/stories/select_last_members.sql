-- One row is one article of the story, copies left out, last placed first, with the last decision on any story.
SELECT
    article_id,
    (SELECT max(step) FROM ops.story_events) AS last_step
FROM main.story_articles
WHERE story_id = $story_id AND NOT is_copy
ORDER BY step DESC
LIMIT $most;
