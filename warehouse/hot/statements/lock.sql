-- One row, when nobody else has the key; it is let go with the transaction.
SELECT pg_advisory_xact_lock(:key)
