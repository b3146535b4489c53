-- One row is one lease: a run under way holds the polling or the revisits of a source.
CREATE TABLE IF NOT EXISTS leases (
    work TEXT,
    source TEXT,
    run_id TEXT NOT NULL,
    PRIMARY KEY (work, source)
)
