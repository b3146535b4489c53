-- One row is one source and URL hash of `arriving` for which a tombstone holds, and the request that it is of.
SELECT
    arriving.source,
    arriving.url_hash,
    any_value(tombstones.forget_id) AS forget_id
FROM arriving
JOIN ops.tombstones AS tombstones
    ON tombstones.url_hash = arriving.url_hash
    AND (tombstones.source IS NULL OR tombstones.source = arriving.source)
GROUP BY arriving.source, arriving.url_hash;
