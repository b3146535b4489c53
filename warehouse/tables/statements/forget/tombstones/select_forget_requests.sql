-- One row is one request to forget, oldest first.
SELECT
    forget_id,
    what,
    source,
    before,
    why,
    asked_by,
    at_utc
FROM ops.forget_requests
ORDER BY at_utc, forget_id;
