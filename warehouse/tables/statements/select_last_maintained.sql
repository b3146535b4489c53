-- One row: the end of the last round of maintenance until `before`, which published a reader file; NULL: none.
SELECT max(finished_at) AS published_at
FROM ops.runs
WHERE
    flow = 'maintain'
    AND finished_at <= $before;
