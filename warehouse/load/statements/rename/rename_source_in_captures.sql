-- Gives each capture of the source $before the slug $after; one row is returned, their number.
UPDATE main.captures
SET source = $after
WHERE source = $before;
