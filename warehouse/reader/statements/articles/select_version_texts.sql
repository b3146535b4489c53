-- One row is one version of the article with its text, in the order of the fetches. The texts of other articles are not
-- read: first the keys, then the rows.
WITH
mine AS MATERIALIZED (
    SELECT
        versions.article_id,
        versions.version,
        undone.page_id,
        undone.page_url
    FROM main.article_versions AS versions
    LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
    WHERE coalesce(undone.page_id, versions.article_id) = $id
),
texts AS (
    SELECT *
    FROM main.article_versions
    WHERE article_id IN (SELECT article_id FROM mine)
)
SELECT
    texts.* REPLACE (
        coalesce(mine.page_id, texts.article_id) AS article_id,
        coalesce(mine.page_url, texts.canonical_url) AS canonical_url
    ),
    sources.name AS outlet
FROM texts
JOIN mine ON mine.article_id = texts.article_id AND mine.version = texts.version
LEFT JOIN main.sources AS sources ON sources.slug = texts.source
ORDER BY
    texts.fetched_at,
    texts.version;
