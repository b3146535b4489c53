-- One row is one load of the warehouse that is in the index; loaded_at in epoch seconds.
CREATE TABLE IF NOT EXISTS taken_loads (
    batch_id TEXT PRIMARY KEY,
    loaded_at REAL NOT NULL
) WITHOUT ROWID
