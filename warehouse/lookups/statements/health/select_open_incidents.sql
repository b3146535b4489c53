-- One row is one open incident.
SELECT *
FROM ops.incidents
WHERE closed_at IS NULL;
