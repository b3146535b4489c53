-- One row is the robots.txt of one scheme, host and port, or another file about its rights under its URL, as last
-- fetched (epoch seconds).
CREATE TABLE IF NOT EXISTS robots (
    host TEXT PRIMARY KEY,
    fetched_at DOUBLE PRECISION NOT NULL,
    fresh_until DOUBLE PRECISION NOT NULL,
    kind TEXT NOT NULL,
    body BYTEA NOT NULL,
    reason TEXT,
    detail TEXT
)
