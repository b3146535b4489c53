-- One row: how many of the latest versions a query finds, at most as many as are asked for, and the earliest of them.
SELECT
    count(*),
    min(rowid)
FROM (
    SELECT rowid
    FROM words
    WHERE words MATCH :query
        AND rowid >= :first
    ORDER BY rowid DESC
    LIMIT :limit
)
