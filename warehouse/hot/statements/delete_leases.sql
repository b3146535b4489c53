-- Deletes the leases on sources that a run holds.
DELETE FROM leases
WHERE run_id = :run_id
