-- Adds the captures of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO main.captures BY NAME
SELECT DISTINCT ON (capture_id) arriving.*
FROM arriving
ANTI JOIN main.captures AS stored USING (capture_id);
