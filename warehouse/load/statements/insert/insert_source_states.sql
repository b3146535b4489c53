-- Adds the states of `arriving` that differ from the last one of their source; one row is returned, their number.
INSERT INTO ops.source_states BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN (
    FROM ops.source_states
    QUALIFY row_number() OVER (PARTITION BY slug ORDER BY at_utc DESC) = 1
) AS stored
    ON stored.slug = arriving.slug
    AND stored.name = arriving.name
    AND stored.country = arriving.country
    AND stored.language = arriving.language
    AND stored.homepage = arriving.homepage
    AND stored.places IS NOT DISTINCT FROM arriving.places;
