-- One row is one title or standfirst of the articles of `arriving` (column value, of kind article), or what a feed
-- entry of their URLs (of kind url) has in place of them.
WITH
versions AS (
    SELECT title, dek
    FROM main.article_versions
    WHERE CAST(article_id AS VARCHAR) IN (SELECT value FROM arriving WHERE kind = 'article')
),
entries AS (
    SELECT entry
    FROM main.captures
    WHERE
        url IN (SELECT value FROM arriving WHERE kind = 'url')
        OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
)
SELECT title
FROM versions
UNION
SELECT dek AS title
FROM versions
WHERE dek IS NOT NULL
UNION
SELECT json_extract_string(entry, '$.title') AS title
FROM entries
WHERE json_extract_string(entry, '$.title') IS NOT NULL
UNION
SELECT json_extract_string(entry, '$.summary') AS title
FROM entries
WHERE json_extract_string(entry, '$.summary') IS NOT NULL;
