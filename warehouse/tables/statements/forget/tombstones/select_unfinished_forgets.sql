-- One row is one request to forget that was not carried out to its end, oldest first.
SELECT
    forget_id,
    what,
    source,
    before,
    why,
    asked_by,
    at_utc
FROM ops.forget_requests
ANTI JOIN ops.forget_results AS results USING (forget_id)
ORDER BY at_utc, forget_id;
