-- One row is the last known health of one source.
SELECT *
FROM ops.health_states
QUALIFY row_number() OVER (PARTITION BY source ORDER BY at_utc DESC, run_id DESC) = 1;
