-- Gives each request of the source $before the slug $after; one row is returned, their number.
UPDATE ops.requests
SET source = $after
WHERE source = $before;
