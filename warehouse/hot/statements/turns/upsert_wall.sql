-- One row is one host and kind of request; the latest counts.
INSERT INTO walls (host, kind, in_row, until)
VALUES (:host, :kind, :in_row, :until)
ON CONFLICT (host, kind) DO UPDATE SET
    in_row = excluded.in_row,
    until = excluded.until
