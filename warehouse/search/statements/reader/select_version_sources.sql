-- One row is one source that has an article.
SELECT DISTINCT source
FROM main.article_versions
