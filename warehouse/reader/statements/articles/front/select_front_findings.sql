-- One row is one open finding: warnings first, then by source.
SELECT
    severity,
    source,
    code,
    message,
    since
FROM reports.open_findings
ORDER BY severity = 'warning' DESC, source NULLS FIRST, code
LIMIT 200;
