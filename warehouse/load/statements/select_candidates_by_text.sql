-- One row is one version of a source with a text of `arriving`, or a text with its fingerprint, fetched between two
-- times.
SELECT
    coalesce(undone.page_id, versions.article_id) AS article_id,
    coalesce(versions.page_id, versions.article_id) AS page_id,
    coalesce(undone.page_url, versions.canonical_url) AS canonical_url,
    versions.source,
    versions.title,
    versions.body_hash,
    versions.fingerprint,
    sha256(versions.body) AS text_hash,
    versions.published_at,
    versions.published_precision,
    versions.completeness,
    versions.word_count
FROM main.article_versions AS versions
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
WHERE
    versions.fetched_at BETWEEN $first AND $last
    AND versions.source IN (SELECT source FROM arriving)
    AND (
        versions.body_hash IN (SELECT body_hash FROM arriving)
        OR versions.fingerprint IN (SELECT fingerprint FROM arriving WHERE fingerprint IS NOT NULL)
    )
ORDER BY versions.fetched_at, versions.article_id;
