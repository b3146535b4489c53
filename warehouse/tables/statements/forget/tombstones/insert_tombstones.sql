-- Adds the tombstones of `arriving` that the table lacks; one row is returned, their number. One that a later lift names
-- is no longer there: its page may be forgotten again.
INSERT INTO ops.tombstones BY NAME
WITH
wanted AS ( -- As text: no filter on a UUID can be pushed into an Arrow table.
    SELECT arriving.*, requests.what
    FROM arriving
    JOIN ops.forget_requests AS requests
        ON CAST(requests.forget_id AS VARCHAR) = CAST(arriving.forget_id AS VARCHAR)
)
SELECT DISTINCT ON (wanted.forget_id, wanted.url_hash, wanted.source) wanted.* EXCLUDE (what)
FROM wanted
ANTI JOIN ops.standing_tombstones AS standing
    ON standing.url_hash = wanted.url_hash
    AND (standing.source IS NULL OR standing.source IS NOT DISTINCT FROM wanted.source)
    AND wanted.what <> 'lift'
ANTI JOIN ops.tombstones AS same
    ON CAST(same.forget_id AS VARCHAR) = CAST(wanted.forget_id AS VARCHAR)
    AND same.url_hash = wanted.url_hash
    AND same.source IS NOT DISTINCT FROM wanted.source;
