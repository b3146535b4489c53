-- One row is the last decision on one of `arriving` and another story, where they are linked.
SELECT *
FROM ops.story_link_decisions AS decisions
WHERE
    story_id IN (SELECT article_id FROM arriving)
    OR other_story_id IN (SELECT article_id FROM arriving)
QUALIFY
    row_number() OVER (PARTITION BY story_id, other_story_id ORDER BY step DESC) = 1
    AND strength IS NOT NULL
ORDER BY story_id, other_story_id;
