-- Gives each finding of the source $before the slug $after; one row is returned, their number.
UPDATE ops.findings
SET source = $after
WHERE source = $before;
