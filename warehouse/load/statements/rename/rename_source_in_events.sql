-- Gives each event of an article of the source $before the slug $after; one row is returned, their number.
UPDATE ops.events
SET source = $after
WHERE source = $before;
