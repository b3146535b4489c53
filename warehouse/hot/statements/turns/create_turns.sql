-- One row is one registrable domain: the holder of its turn, and the start of its last request (epoch seconds).
CREATE TABLE IF NOT EXISTS turns (
    domain TEXT PRIMARY KEY,
    holder TEXT,
    started_at DOUBLE PRECISION NOT NULL,
    lease_until DOUBLE PRECISION NOT NULL,
    pace_s DOUBLE PRECISION NOT NULL,
    not_before DOUBLE PRECISION NOT NULL
)
