-- Gives the dropped records of $before the slug $after.
UPDATE ops.quarantine_drops
SET source = $after
WHERE source = $before;
