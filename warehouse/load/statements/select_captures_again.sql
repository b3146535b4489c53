-- One row is one capture of `arriving`, fetched until $last, oldest first.
SELECT *
FROM main.captures
SEMI JOIN arriving USING (capture_id)
WHERE fetched_at <= $last
ORDER BY fetched_at, capture_id;
