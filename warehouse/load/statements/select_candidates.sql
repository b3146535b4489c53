-- One row is one version of `arriving`, with the columns to compare, the sample of its text, and its present article;
-- oldest fetch first. The conditions on `loaded_at` let DuckDB skip files of other times: a sample is made with its
-- version, or later.
SELECT
    coalesce(undone.page_id, versions.article_id) AS article_id,
    coalesce(versions.page_id, versions.article_id) AS page_id,
    coalesce(undone.page_url, versions.canonical_url) AS canonical_url,
    versions.source,
    versions.title,
    versions.body_hash,
    arriving.text_hash,
    samples.groups,
    samples.grams,
    versions.published_at,
    versions.published_precision,
    versions.completeness,
    versions.word_count
FROM main.article_versions AS versions
JOIN arriving
    ON arriving.article_id = versions.article_id
    AND arriving.version = versions.version
LEFT JOIN main.text_samples AS samples
    ON samples.article_id = versions.article_id
    AND samples.version = versions.version
    AND samples.loaded_at >= $first
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
WHERE versions.loaded_at BETWEEN $first AND $last
ORDER BY versions.fetched_at, versions.article_id;
