-- Adds the tombstones of `arriving` that the table lacks; one row is returned, their number. One that a later lift names
-- is no longer there: its page may be forgotten again.
INSERT INTO ops.tombstones BY NAME
WITH
lifts AS (
    SELECT tombstones.url_hash, max(tombstones.at_utc) AS lifted_at
    FROM ops.tombstones AS tombstones
    JOIN ops.forget_requests AS requests USING (forget_id)
    WHERE requests.what = 'lift'
    GROUP BY tombstones.url_hash
),
stored AS (
    SELECT tombstones.url_hash, tombstones.source
    FROM ops.tombstones AS tombstones
    LEFT JOIN lifts USING (url_hash)
    WHERE lifts.lifted_at IS NULL OR tombstones.at_utc > lifts.lifted_at
),
wanted AS ( -- As text: no filter on a UUID can be pushed into an Arrow table.
    SELECT arriving.*, requests.what
    FROM arriving
    JOIN ops.forget_requests AS requests
        ON CAST(requests.forget_id AS VARCHAR) = CAST(arriving.forget_id AS VARCHAR)
)
SELECT DISTINCT ON (wanted.forget_id, wanted.url_hash, wanted.source) wanted.* EXCLUDE (what)
FROM wanted
ANTI JOIN stored
    ON stored.url_hash = wanted.url_hash
    AND (stored.source IS NULL OR stored.source IS NOT DISTINCT FROM wanted.source)
    AND wanted.what <> 'lift'
ANTI JOIN ops.tombstones AS same
    ON CAST(same.forget_id AS VARCHAR) = CAST(wanted.forget_id AS VARCHAR)
    AND same.url_hash = wanted.url_hash
    AND same.source IS NOT DISTINCT FROM wanted.source;
