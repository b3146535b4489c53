-- One row is one URL, as a source met it and in its canonical form, for which a tombstone holds and that is still
-- in a table.
WITH
met AS (
    SELECT source, url, coalesce(canonical_form, url) AS form
    FROM main.captures
    WHERE kind IN ('article', 'redirect')
    UNION
    SELECT source, url, coalesce(canonical_form, url) AS form
    FROM ops.outcomes
    WHERE kind = 'article' AND NOT starts_with(url, 'forgotten:')
    UNION
    SELECT source, url, url AS form
    FROM main.article_versions
    UNION
    SELECT source, canonical_url AS url, canonical_url AS form
    FROM main.article_versions
    UNION
    SELECT source, page_url AS url, page_url AS form
    FROM ops.identities
    UNION
    SELECT source, url, url AS form
    FROM ops.quarantine
    UNION
    SELECT source, url, url AS form
    FROM ops.requests
    WHERE kind = 'article' AND NOT starts_with(url, 'forgotten:')
)
SELECT DISTINCT
    met.source,
    met.url,
    met.form
FROM met
JOIN ops.standing_tombstones AS standing
    ON standing.url_hash = sha256(met.form)
    AND (standing.source IS NULL OR standing.source = met.source);
