-- The one row, if there is one, is a batch that was loaded.
SELECT batch_id
FROM ops.loads
LIMIT 1;
