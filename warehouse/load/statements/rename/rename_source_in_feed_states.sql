-- Gives each observation of a feed of the source $before the slug $after; one row is returned, their number.
UPDATE ops.feed_states
SET source = $after
WHERE source = $before;
