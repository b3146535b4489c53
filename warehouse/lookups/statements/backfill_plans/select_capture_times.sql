-- One row is one URL of `arriving`, as wanted, and an instant at which it was captured under any of its spellings.
SELECT DISTINCT
    arriving.source,
    arriving.url,
    stored.fetched_at
FROM main.captures AS stored
JOIN arriving
    ON arriving.source = stored.source
    AND arriving.form IN (stored.url, stored.canonical_form)
WHERE stored.kind = 'article';
