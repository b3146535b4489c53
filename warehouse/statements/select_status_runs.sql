-- One row is one of the last runs, latest first.
SELECT *
FROM reports.runs
LIMIT $limit;
