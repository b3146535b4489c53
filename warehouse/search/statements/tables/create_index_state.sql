-- One row is one fact of the index: its version, its engine, the reader file that it was made from last.
CREATE TABLE IF NOT EXISTS index_state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID
