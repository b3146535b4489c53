-- Adds the links of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO main.links_out BY NAME
SELECT DISTINCT ON (article_id, version, position) arriving.*
FROM arriving
ANTI JOIN (
    SELECT article_id, version, position
    FROM main.links_out
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored USING (article_id, version, position);
