-- One row is what is usual of one of the sources in `arriving`, as learnt last.
SELECT *
FROM ops.usuals
SEMI JOIN arriving USING (source)
QUALIFY row_number() OVER (PARTITION BY source ORDER BY at_utc DESC, run_id DESC) = 1;
