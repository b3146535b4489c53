-- One row is one open finding, warnings first.
SELECT *
FROM reports.open_findings;
