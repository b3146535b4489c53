-- One row is one page and text that gave a version of an article of `arriving`.
SELECT DISTINCT canonical_url, url, body_hash
FROM main.article_versions
SEMI JOIN arriving USING (canonical_url)
WHERE source = $source;
