-- One row is one version of the article with its text, in the order of the fetches.
SELECT
    versions.* REPLACE (
        coalesce(undone.page_id, versions.article_id) AS article_id,
        coalesce(undone.page_url, versions.canonical_url) AS canonical_url
    ),
    sources.name AS outlet
FROM main.article_versions AS versions
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
LEFT JOIN main.sources AS sources ON sources.slug = versions.source
WHERE coalesce(undone.page_id, versions.article_id) = $id
ORDER BY
    versions.fetched_at,
    versions.version;
