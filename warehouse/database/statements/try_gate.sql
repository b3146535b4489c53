-- One row: whether the write gate of a PostgreSQL catalog could be taken for this transaction.
SELECT got
FROM postgres_query(
    'gate',
    format('SELECT pg_try_advisory_xact_lock({}) AS got', $key::BIGINT),
    use_transaction = true
);
