-- One row is one request to forget that was done and that the index has followed.
CREATE TABLE IF NOT EXISTS seen_forgets (
    forget_id TEXT PRIMARY KEY
) WITHOUT ROWID
