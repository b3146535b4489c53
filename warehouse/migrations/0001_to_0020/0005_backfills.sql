-- Backfills: what was decided, and their chunks. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one decision about one backfill.
CREATE TABLE ops.backfills (
    plan_id UUID NOT NULL,
    wanted VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One row is one chunk of one backfill.
CREATE TABLE ops.plans (
    plan_id UUID NOT NULL,
    number BIGINT NOT NULL,
    batch_id UUID NOT NULL,
    source VARCHAR,
    label VARCHAR NOT NULL,
    links VARCHAR,
    file VARCHAR,
    first_byte BIGINT,
    end_byte BIGINT,
    count BIGINT NOT NULL
);
