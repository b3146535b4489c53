-- Gives each wrapper of a site of the source $before the slug $after; one row is returned, their number.
UPDATE ops.wrappers
SET source = $after
WHERE source = $before;
