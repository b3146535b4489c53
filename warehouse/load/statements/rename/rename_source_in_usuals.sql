-- Gives each row of the source $before the slug $after; one row is returned, their number.
UPDATE ops.usuals
SET source = $after
WHERE source = $before;
