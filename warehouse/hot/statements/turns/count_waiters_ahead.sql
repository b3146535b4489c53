-- One row: the number of waiters that asked for the domain before this holder and still hold their place.
SELECT count(*)
FROM waiters
WHERE
    domain = :domain
    AND holder <> :holder
    AND back_at >= CAST(:now AS DOUBLE PRECISION) - :grace_s
    AND asked_at < coalesce(
        (SELECT own.asked_at FROM waiters AS own WHERE own.domain = :domain AND own.holder = :holder),
        CAST(:now AS DOUBLE PRECISION)
    )
