-- One row is one page of which a person said that it is its own article, the first time; the rules name a capture.
SELECT DISTINCT ON (page_id)
    page_id,
    page_url,
    article_id,
    canonical_url,
    source,
    rule,
    evidence,
    capture_id,
    run_id,
    at_utc
FROM ops.identities
WHERE rule = 'undone' AND capture_id IS NULL
ORDER BY page_id, at_utc;
