-- Adds the states of `arriving` that differ from the last one of their source; one row is returned, their number.
INSERT INTO ops.source_states BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN (
    FROM ops.source_states
    QUALIFY row_number() OVER (PARTITION BY slug ORDER BY at_utc DESC) = 1
) AS stored USING (slug, name, country, language, homepage);
