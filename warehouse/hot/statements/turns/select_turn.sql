-- At most one row: the state of one domain.
SELECT
    holder,
    started_at,
    lease_until,
    pace_s,
    not_before
FROM turns
WHERE domain = :domain
