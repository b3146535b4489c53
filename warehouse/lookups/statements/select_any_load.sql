-- At most one row: any batch that was loaded.
SELECT batch_id
FROM ops.loads
LIMIT 1;
