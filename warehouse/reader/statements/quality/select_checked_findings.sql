-- One row is one finding, about one of the sources or all, of the last check of the sources' health or of the archive.
WITH
checks AS (
    SELECT max_by(run_id, started_at) AS run_id
    FROM ops.runs
    WHERE flow IN ('health', 'archive')
    GROUP BY flow
)
SELECT findings.*
FROM ops.findings AS findings
JOIN checks ON checks.run_id = findings.run_id
WHERE
    findings.source IS NULL
    OR findings.source IN (SELECT unnest($sources::VARCHAR[]))
ORDER BY findings.severity DESC, findings.source, findings.code, findings.at_utc, findings.run_id;
