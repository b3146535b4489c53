-- One row is one registrable domain: who asks it now, and when it was last asked (epoch seconds).
CREATE TABLE IF NOT EXISTS turns (
    domain TEXT PRIMARY KEY,
    holder TEXT,
    started_at REAL NOT NULL,
    lease_until REAL NOT NULL,
    pace_s REAL NOT NULL,
    not_before REAL NOT NULL
) WITHOUT ROWID
