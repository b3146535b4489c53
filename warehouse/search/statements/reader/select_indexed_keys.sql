-- One row is one version of an article.
SELECT
    CAST(article_id AS VARCHAR),
    version,
    source
FROM main.article_versions
