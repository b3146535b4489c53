-- One row is one version of `arriving`, with the columns to compare and its present article. The condition on
-- `loaded_at` lets DuckDB skip files of other times.
SELECT
    coalesce(undone.page_id, versions.article_id) AS article_id,
    coalesce(versions.page_id, versions.article_id) AS page_id,
    coalesce(undone.page_url, versions.canonical_url) AS canonical_url,
    versions.source,
    versions.title,
    versions.body_hash,
    versions.fingerprint,
    versions.published_at,
    versions.published_precision,
    versions.completeness,
    versions.word_count
FROM main.article_versions AS versions
SEMI JOIN arriving
    ON arriving.article_id = versions.article_id
    AND arriving.version = versions.version
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
WHERE versions.loaded_at BETWEEN $first AND $last;
