-- Gives each chunk of a backfill of the source $before the slug $after; one row is returned, their number.
UPDATE ops.plans
SET source = $after
WHERE source = $before;
