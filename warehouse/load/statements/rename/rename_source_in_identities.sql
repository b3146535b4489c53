-- Gives each identity of a page of the source $before the slug $after; one row is returned, their number.
UPDATE ops.identities
SET source = $after
WHERE source = $before;
