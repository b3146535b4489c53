-- One row: how many loads the warehouse has.
SELECT count(*)
FROM ops.loads
