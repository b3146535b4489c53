-- One row: the number of articles that stay and have the text of one of `arriving` (of kind article).
WITH
texts AS (
    SELECT DISTINCT body_hash
    FROM main.article_versions
    WHERE CAST(article_id AS VARCHAR) IN (SELECT value FROM arriving WHERE kind = 'article')
)
SELECT count(DISTINCT article_id) AS articles
FROM main.article_versions
SEMI JOIN texts USING (body_hash)
WHERE CAST(article_id AS VARCHAR) NOT IN (SELECT value FROM arriving WHERE kind = 'article');
