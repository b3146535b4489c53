-- One row is one version of an article, or extracted from a page, of `arriving`.
SELECT
    article_id,
    page_id,
    version,
    loaded_at
FROM main.article_versions
WHERE
    article_id IN (SELECT article_id FROM arriving)
    OR page_id IN (SELECT article_id FROM arriving);
