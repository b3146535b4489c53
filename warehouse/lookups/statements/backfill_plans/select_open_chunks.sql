-- One row is one chunk of the backfill that is not loaded yet: the first of each source, then the second …
SELECT plans.*
FROM ops.plans AS plans
ANTI JOIN ops.loads AS loads USING (batch_id)
WHERE plans.plan_id = $plan_id
ORDER BY
    row_number() OVER (PARTITION BY plans.source ORDER BY plans.number),
    plans.number
LIMIT $at_most;
