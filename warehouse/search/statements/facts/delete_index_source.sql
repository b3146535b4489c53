-- Removes a source that no version is of.
DELETE FROM index_sources
WHERE slug = :slug
