-- One row is one story that got an article after the first $placed articles were placed.
SELECT *
FROM ops.story_states
WHERE placed > $placed
QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY step DESC) = 1
ORDER BY story_id;
