-- One row is one step of a run under way; the latest counts.
INSERT INTO run_counts (run_id, step, place, done, known)
VALUES (:run_id, :step, :place, :done, :known)
ON CONFLICT (run_id, step) DO UPDATE SET
    place = excluded.place,
    done = excluded.done,
    known = excluded.known
