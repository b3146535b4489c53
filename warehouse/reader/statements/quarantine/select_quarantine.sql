-- One row is one record in quarantine that fits, latest first.
SELECT *
FROM reports.quarantine_states
WHERE
    ($source::VARCHAR IS NULL OR source = $source)
    AND ($rule::VARCHAR IS NULL OR list_contains(rules, $rule) OR list_contains(
        list_transform(rules, lambda code: split_part(code, ':', 1)), $rule
    ))
    AND ($since::TIMESTAMPTZ IS NULL OR at_utc >= $since)
    AND ($run_id::VARCHAR IS NULL OR run_id = $run_id)
    AND ($state::VARCHAR IS NULL OR state = $state)
ORDER BY at_utc DESC, url;
