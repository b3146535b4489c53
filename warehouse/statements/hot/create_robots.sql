-- One row is the robots.txt of one scheme, host and port, as it was last asked for (epoch seconds).
CREATE TABLE IF NOT EXISTS robots (
    host TEXT PRIMARY KEY,
    fetched_at REAL NOT NULL,
    fresh_until REAL NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    reason TEXT,
    detail TEXT
)
