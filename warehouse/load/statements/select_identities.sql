-- One row is one identity of a page of `arriving` (its article_id there), undone identities last.
SELECT
    identities.page_id,
    identities.page_url,
    identities.article_id,
    identities.canonical_url,
    identities.source,
    identities.rule
FROM ops.identities AS identities
WHERE identities.page_id IN (SELECT article_id FROM arriving)
ORDER BY identities.rule = 'undone', identities.at_utc;
