-- One row is one tombstone that no later lift names, of the URL hashes of `arriving`.
WITH
lifts AS (
    SELECT tombstones.url_hash, max(tombstones.at_utc) AS lifted_at
    FROM ops.tombstones AS tombstones
    JOIN ops.forget_requests AS requests USING (forget_id)
    WHERE requests.what = 'lift'
    GROUP BY tombstones.url_hash
)
SELECT
    tombstones.forget_id,
    tombstones.url_hash,
    tombstones.source,
    tombstones.at_utc
FROM ops.tombstones AS tombstones
SEMI JOIN arriving ON arriving.value = tombstones.url_hash
LEFT JOIN lifts USING (url_hash)
WHERE lifts.lifted_at IS NULL OR tombstones.at_utc > lifts.lifted_at;
