-- Adds the requests of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.requests BY NAME
SELECT DISTINCT ON (run_id, url, sent_at, attempt) arriving.*
FROM arriving
ANTI JOIN (
    SELECT run_id, url, sent_at, attempt
    FROM ops.requests
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored USING (run_id, url, sent_at, attempt);
