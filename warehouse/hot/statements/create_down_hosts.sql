-- One row is one host that could not be reached and gets no request until `until` (epoch seconds).
CREATE TABLE IF NOT EXISTS down_hosts (
    host TEXT PRIMARY KEY,
    until DOUBLE PRECISION NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT
)
