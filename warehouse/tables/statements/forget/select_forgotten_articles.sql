-- One row is one article that goes: one of its URLs is in `arriving` (column value, of kind url), or all its versions
-- are of sources there (of kind source).
SELECT CAST(article_id AS VARCHAR) AS article_id
FROM main.article_versions
WHERE
    url IN (SELECT value FROM arriving WHERE kind = 'url')
    OR canonical_url IN (SELECT value FROM arriving WHERE kind = 'url')
UNION
SELECT CAST(article_id AS VARCHAR) AS article_id
FROM ops.identities
WHERE page_url IN (SELECT value FROM arriving WHERE kind = 'url')
UNION
SELECT CAST(article_id AS VARCHAR) AS article_id
FROM main.article_versions
GROUP BY article_id
HAVING bool_and(source IN (SELECT value FROM arriving WHERE kind = 'source'));
