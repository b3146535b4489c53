-- One row: the server's clock, epoch seconds.
SELECT CAST(extract(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)
