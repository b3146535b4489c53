-- One row is one tombstone of the request $forget_id.
SELECT
    forget_id,
    url_hash,
    source,
    at_utc
FROM ops.tombstones
WHERE forget_id = $forget_id;
