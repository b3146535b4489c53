-- One row is one story that changed after the decision $linked, with the times of its articles.
SELECT
    story_id,
    first_at,
    last_at
FROM ops.story_states
WHERE step > $linked
QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY step DESC) = 1
ORDER BY story_id;
