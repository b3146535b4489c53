-- Tombstones that no later lift names. Times are UTC.

CREATE VIEW ops.standing_tombstones AS
WITH
lifts AS (
    SELECT
        tombstones.url_hash,
        max(tombstones.at_utc) AS lifted_at
    FROM ops.tombstones AS tombstones
    JOIN ops.forget_requests AS requests ON requests.forget_id = tombstones.forget_id
    WHERE requests.what = 'lift'
    GROUP BY tombstones.url_hash
)
SELECT tombstones.*
FROM ops.tombstones AS tombstones
LEFT JOIN lifts ON lifts.url_hash = tombstones.url_hash
WHERE lifts.lifted_at IS NULL OR tombstones.at_utc > lifts.lifted_at;

COMMENT ON VIEW ops.standing_tombstones IS 'One row is one tombstone that holds: no later lift names its URL.';
