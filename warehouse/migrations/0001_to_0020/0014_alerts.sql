-- What became of the messages of alerts. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one message of an alert that was sent or given up.
CREATE TABLE ops.alerts (
    incident_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    source VARCHAR,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    why VARCHAR,
    route VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    attempts BIGINT NOT NULL,
    error VARCHAR,
    made_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
