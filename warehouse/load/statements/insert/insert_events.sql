-- Adds the events of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.events BY NAME
SELECT DISTINCT ON (event_id) arriving.*
FROM arriving
ANTI JOIN ops.events AS stored USING (event_id);
