-- Gives each sight of a page's blocks of the source $before the slug $after; one row is returned, their number.
UPDATE ops.site_blocks
SET source = $after
WHERE source = $before;
