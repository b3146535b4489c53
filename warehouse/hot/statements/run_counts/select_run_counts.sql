-- One row is one step of a run, in the order in which the steps began.
SELECT
    step,
    done,
    known
FROM run_counts
WHERE run_id = :run_id
ORDER BY place
