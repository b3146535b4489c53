-- The ledger: what was done, and what became of every URL. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

CREATE SCHEMA ops;

-- One row is one migration that was applied.
CREATE TABLE ops.migrations (
    number BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

-- One row is one batch that was committed.
CREATE TABLE ops.loads (
    batch_id UUID NOT NULL,
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    versions_inserted BIGINT NOT NULL,
    outcomes BIGINT NOT NULL,
    captures BIGINT NOT NULL,
    seconds DOUBLE NOT NULL
);

-- One row is one run, written when it ends.
CREATE TABLE ops.runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    runner VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    sources BIGINT NOT NULL,
    sources_failed VARCHAR[],
    urls BIGINT NOT NULL,
    stages STRUCT(stage VARCHAR, taken BIGINT, kept BIGINT, dropped BIGINT, seconds DOUBLE)[],
    error VARCHAR
);

-- One row is what became of one URL in one run.
CREATE TABLE ops.outcomes (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR,
    at_utc TIMESTAMPTZ NOT NULL,
    found_in VARCHAR,
    attempts BIGINT,
    status BIGINT,
    body_bytes BIGINT,
    elapsed_s DOUBLE,
    capture_id UUID,
    article_id UUID,
    version BIGINT
);
