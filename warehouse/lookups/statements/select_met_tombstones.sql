-- One row is one source and URL hash of `arriving` for which a tombstone holds, and the request that it is of: one
-- that no later lift names.
SELECT
    arriving.source,
    arriving.url_hash,
    any_value(standing.forget_id) AS forget_id
FROM arriving
JOIN ops.standing_tombstones AS standing
    ON standing.url_hash = arriving.url_hash
    AND (standing.source IS NULL OR standing.source = arriving.source)
GROUP BY arriving.source, arriving.url_hash;
