-- One row is the wrapper of one of `sources` in the state that it was in at the time `before`.
SELECT *
FROM ops.wrappers
WHERE
    list_contains($sources, source)
    AND at_utc < $before
QUALIFY row_number() OVER (
    PARTITION BY source
    ORDER BY version DESC, array_position(['trial', 'trusted', 'retired'], state) DESC
) = 1;
