-- What is usual of a source, learnt from counts of what each run loaded of it. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

ALTER TABLE ops.source_states ADD COLUMN IF NOT EXISTS places VARCHAR[];

-- One row is what one run loaded first of one source, in counts.
CREATE TABLE ops.tallies (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    articles BIGINT NOT NULL,
    refused BIGINT,
    undated BIGINT,
    unsigned BIGINT,
    partial BIGINT,
    other_language BIGINT,
    broken BIGINT,
    words BIGINT[],
    hours BIGINT[]
);

-- One row is what was learnt of one source, up to an instant.
CREATE TABLE ops.usuals (
    source VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    days BIGINT,
    hourly DOUBLE[],
    ratios DOUBLE[],
    gaps DOUBLE[],
    last_hour BIGINT,
    counted_at TIMESTAMPTZ,
    articles DOUBLE,
    pages DOUBLE,
    refused DOUBLE,
    undated DOUBLE,
    unsigned DOUBLE,
    partial DOUBLE,
    other_language DOUBLE,
    broken DOUBLE,
    words BIGINT[]
);
