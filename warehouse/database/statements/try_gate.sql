-- One row: whether this transaction got the write lock of a PostgreSQL catalog.
SELECT got
FROM postgres_query(
    'gate',
    format('SELECT pg_try_advisory_xact_lock({}) AS got', $key::BIGINT),
    use_transaction = true
);
