-- At most one row: the challenges in a row, and the end of the pause.
SELECT
    in_row,
    until
FROM walls
WHERE
    host = :host
    AND kind = :kind
