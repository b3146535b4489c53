-- Gives each version of an article of the source $before the slug $after; one row is returned, their number.
UPDATE main.article_versions
SET source = $after
WHERE source = $before;
