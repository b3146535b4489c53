-- One row is one run that has begun and has not ended; times are ISO 8601 in UTC.
CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY,
    flow TEXT NOT NULL,
    runner TEXT NOT NULL,
    host TEXT NOT NULL,
    machine TEXT NOT NULL,
    process TEXT NOT NULL,
    started_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    orchestrated_as TEXT
)
