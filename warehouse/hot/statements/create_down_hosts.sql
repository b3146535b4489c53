-- One row is one host that could not be reached, left alone until then (epoch seconds).
CREATE TABLE IF NOT EXISTS down_hosts (
    host TEXT PRIMARY KEY,
    until DOUBLE PRECISION NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT
)
