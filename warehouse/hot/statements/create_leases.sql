-- One row is one source, whose polling or revisits a run under way has taken upon itself.
CREATE TABLE IF NOT EXISTS leases (
    work TEXT,
    source TEXT,
    run_id TEXT NOT NULL,
    PRIMARY KEY (work, source)
)
