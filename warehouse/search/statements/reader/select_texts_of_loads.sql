-- One row is one version of an article, of those that runs loaded at these instants, in the order of the loads.
SELECT
    CAST(article_id AS VARCHAR),
    version,
    source,
    canonical_url,
    title,
    dek,
    body,
    epoch(published_at),
    published_precision,
    epoch(fetched_at),
    language,
    section
FROM main.article_versions
WHERE loaded_at IN (SELECT unnest($loaded_at))
    AND run_id IN (SELECT unnest($run_ids))
    AND loaded_at BETWEEN $first AND $last
ORDER BY loaded_at, article_id, version
