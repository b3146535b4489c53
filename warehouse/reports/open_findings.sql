-- One row is one finding of the last run that processed its source (without a source: of the last run
-- with any outcome), or of the last check of the sources' health or of the archive; of the source files: of the last
-- run that read all of them; warnings first.
WITH
last_runs AS (
    SELECT
        source,
        arg_max(run_id, at_utc) AS run_id
    FROM ops.outcomes
    GROUP BY source
),
last_run AS (
    SELECT arg_max(run_id, at_utc) AS run_id
    FROM ops.outcomes
),
last_check AS (
    SELECT max_by(run_id, started_at) AS run_id
    FROM ops.runs
    WHERE flow = 'health'
),
last_reading AS (
    SELECT max_by(run_id, started_at) AS run_id
    FROM ops.runs
    WHERE
        flow IN ('ingest', 'revisit', 'health', 'publish')
        AND state NOT IN ('failed', 'crashed')
),
last_archive_check AS (
    SELECT max_by(run_id, started_at) AS run_id
    FROM ops.runs
    WHERE flow = 'archive'
)
SELECT
    findings.severity,
    findings.source,
    findings.code,
    findings.message,
    findings.observed,
    findings.low,
    findings.high,
    findings.at_utc,
    findings.run_id
FROM ops.findings AS findings
LEFT JOIN last_runs ON last_runs.source = findings.source
CROSS JOIN last_run
CROSS JOIN last_check
CROSS JOIN last_reading
CROSS JOIN last_archive_check
WHERE
    CASE
        WHEN findings.code IN ('source_file_wrong', 'source_file_ignored') THEN findings.run_id = last_reading.run_id
        ELSE
            findings.run_id = CASE WHEN findings.source IS NULL THEN last_run.run_id ELSE last_runs.run_id END
            OR findings.run_id = last_check.run_id
            OR findings.run_id = last_archive_check.run_id
    END
ORDER BY findings.severity DESC, findings.source, findings.code;
