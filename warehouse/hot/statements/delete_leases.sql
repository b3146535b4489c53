-- What a run had taken upon itself is free.
DELETE FROM leases
WHERE run_id = :run_id
