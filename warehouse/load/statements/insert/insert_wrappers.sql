-- Adds the wrappers of `arriving` that the table lacks in that state; one row is returned, their number.
INSERT INTO ops.wrappers BY NAME
SELECT DISTINCT ON (source, version, state) arriving.*
FROM arriving
ANTI JOIN (
    SELECT source, version, state
    FROM ops.wrappers
) AS stored USING (source, version, state);
