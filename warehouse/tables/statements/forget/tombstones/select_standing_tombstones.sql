-- One row is one tombstone that no later lift names, of the URL hashes of `arriving`.
SELECT
    standing.forget_id,
    standing.url_hash,
    standing.source,
    standing.at_utc
FROM ops.standing_tombstones AS standing
SEMI JOIN arriving ON arriving.value = standing.url_hash;
