-- One row: up to which decision stories were linked across languages, and the last decision there is; 0: none.
SELECT
    (SELECT coalesce(max(step), 0) FROM ops.story_link_rounds) AS linked,
    (SELECT coalesce(max(step), 0) FROM ops.story_events) AS decided;
