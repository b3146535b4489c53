-- One row: the number of articles that stay and link to a URL of `arriving` (of kind url).
SELECT count(DISTINCT article_id) AS articles
FROM main.links_out
WHERE
    split_part(url, '#', 1) IN (SELECT value FROM arriving WHERE kind = 'url')
    AND CAST(article_id AS VARCHAR) NOT IN (SELECT value FROM arriving WHERE kind = 'article');
