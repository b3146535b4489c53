-- One row is one request to forget that was done.
SELECT CAST(forget_id AS VARCHAR)
FROM ops.forget_results
