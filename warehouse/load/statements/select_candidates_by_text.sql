-- One row is one version of a source with a text of `arriving`, fetched between two times.
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
    ON arriving.source = versions.source
    AND arriving.body_hash = versions.body_hash
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
WHERE versions.fetched_at BETWEEN $first AND $last
ORDER BY versions.fetched_at, versions.article_id;
