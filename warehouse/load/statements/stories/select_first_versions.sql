-- One row is the first version of one article of `arriving`.
SELECT * REPLACE ('first' AS cause)
FROM main.article_versions
WHERE article_id IN (SELECT article_id FROM arriving) AND version = 1
ORDER BY article_id;
