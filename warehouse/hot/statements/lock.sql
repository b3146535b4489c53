-- Waits for the advisory lock, then returns one row; the transaction's end releases it.
SELECT pg_advisory_xact_lock(:key)
