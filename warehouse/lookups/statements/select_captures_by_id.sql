-- One row is one capture of the ids in `arriving`, oldest first.
SELECT *
FROM main.captures
SEMI JOIN arriving USING (capture_id)
ORDER BY fetched_at, capture_id;
