-- Adds the tombstones of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.tombstones BY NAME
SELECT DISTINCT ON (url_hash, source) arriving.*
FROM arriving
ANTI JOIN ops.tombstones AS stored
    ON stored.url_hash = arriving.url_hash
    AND (stored.source IS NULL OR stored.source IS NOT DISTINCT FROM arriving.source);
