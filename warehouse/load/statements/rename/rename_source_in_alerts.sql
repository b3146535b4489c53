-- Gives each row of the source $before the slug $after; one row is returned, their number.
UPDATE ops.alerts
SET source = $after
WHERE source = $before;
