-- Deletes messages that the warehouse has, and that ended before :before.
DELETE FROM alerts
WHERE
    is_recorded = 1
    AND ended_at < :before
