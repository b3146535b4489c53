-- Decisions that records in quarantine need nothing further. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one record in quarantine that a person dropped.
CREATE TABLE ops.quarantine_drops (
    capture_id UUID NOT NULL,
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    dropped_by VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);
