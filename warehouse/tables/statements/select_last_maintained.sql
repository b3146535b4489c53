-- One row: when the last round of maintenance that ended before then had published; NULL: there was none.
SELECT max(finished_at) AS published_at
FROM ops.runs
WHERE
    flow = 'maintain'
    AND finished_at <= $before;
