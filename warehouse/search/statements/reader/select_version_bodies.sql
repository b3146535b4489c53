-- One row is the text of one version of an article, of those whose article_id begins with a digit.
SELECT
    CAST(article_id AS VARCHAR),
    version,
    title,
    dek,
    body
FROM main.article_versions
WHERE CAST(article_id AS VARCHAR)[1] = $digit
