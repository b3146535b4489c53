-- One row is one step of a run under way: how many of its known URLs or chunks are done. `place` orders the steps.
CREATE TABLE IF NOT EXISTS run_counts (
    run_id TEXT NOT NULL,
    step TEXT NOT NULL,
    place INTEGER NOT NULL,
    done INTEGER NOT NULL,
    known INTEGER NOT NULL,
    PRIMARY KEY (run_id, step)
)
