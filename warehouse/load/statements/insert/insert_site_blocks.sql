-- Adds the pages of `arriving` whose captures the table lacks; one row is returned, their number.
INSERT INTO ops.site_blocks BY NAME
SELECT DISTINCT ON (capture_id) arriving.*
FROM arriving
ANTI JOIN (
    SELECT capture_id
    FROM ops.site_blocks
    WHERE source IN (SELECT source FROM arriving)
) AS stored USING (capture_id);
