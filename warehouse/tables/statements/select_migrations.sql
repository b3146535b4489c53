-- One row is one migration that was applied, in order.
SELECT
    number,
    name,
    sha256,
    applied_at
FROM ops.migrations
ORDER BY number;
