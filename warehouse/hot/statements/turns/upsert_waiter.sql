-- One row is one holder's place in the queue; trying again keeps it.
INSERT INTO waiters (domain, holder, asked_at, back_at)
VALUES (:domain, :holder, :now, :back_at)
ON CONFLICT (domain, holder) DO UPDATE SET back_at = excluded.back_at
