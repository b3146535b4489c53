-- One row is one page and text that gave a version of an article of `arriving` at the same source.
SELECT DISTINCT source, canonical_url, url, body_hash
FROM main.article_versions
SEMI JOIN arriving USING (source, canonical_url);
