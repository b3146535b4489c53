-- One row is one message of an alert that was sent or given up, and that ended at $since or later.
SELECT *
FROM ops.alerts
WHERE ended_at >= $since
ORDER BY ended_at
