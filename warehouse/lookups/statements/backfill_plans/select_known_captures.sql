-- One row is one capture of `arriving` that the warehouse has.
SELECT capture_id
FROM main.captures
SEMI JOIN arriving USING (capture_id);
