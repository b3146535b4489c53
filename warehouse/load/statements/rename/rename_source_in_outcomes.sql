-- Gives each outcome of a URL of the source $before the slug $after; one row is returned, their number.
UPDATE ops.outcomes
SET source = $after
WHERE source = $before;
