-- One row is one source and URL hash of `arriving` for which a tombstone holds, and the request that it is of: one
-- that no later lift names.
WITH
lifts AS (
    SELECT tombstones.url_hash, max(tombstones.at_utc) AS lifted_at
    FROM ops.tombstones AS tombstones
    JOIN ops.forget_requests AS requests USING (forget_id)
    WHERE requests.what = 'lift'
    GROUP BY tombstones.url_hash
),
standing AS (
    SELECT tombstones.forget_id, tombstones.url_hash, tombstones.source
    FROM ops.tombstones AS tombstones
    LEFT JOIN lifts USING (url_hash)
    WHERE lifts.lifted_at IS NULL OR tombstones.at_utc > lifts.lifted_at
)
SELECT
    arriving.source,
    arriving.url_hash,
    any_value(standing.forget_id) AS forget_id
FROM arriving
JOIN standing
    ON standing.url_hash = arriving.url_hash
    AND (standing.source IS NULL OR standing.source = arriving.source)
GROUP BY arriving.source, arriving.url_hash;
