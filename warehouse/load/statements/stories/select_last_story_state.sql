-- One row is the last state of the story.
SELECT *
FROM ops.story_states
WHERE story_id = $story_id
QUALIFY row_number() OVER (ORDER BY step DESC) = 1;
