-- Gives each quarantined record of the source $before the slug $after; one row is returned, their number.
UPDATE ops.quarantine
SET source = $after
WHERE source = $before;
