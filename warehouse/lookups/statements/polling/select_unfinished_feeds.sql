-- One row is one feed of the sources in `arriving` with links that runs accepted and did not fetch.
SELECT DISTINCT source, found_in
FROM (
    SELECT source, found_in, reason
    FROM ops.outcomes
    SEMI JOIN arriving USING (source)
    WHERE kind = 'article' AND at_utc > $since AND found_in IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc DESC, run_id DESC) = 1
)
WHERE reason IN ('interrupted', 'disk_full');
