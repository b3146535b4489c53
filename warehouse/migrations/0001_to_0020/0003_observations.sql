-- What runs observed: requests, feeds, records put aside, findings. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one request that was sent.
CREATE TABLE ops.requests (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    attempt BIGINT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    elapsed_s DOUBLE NOT NULL,
    pace_s DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR,
    status BIGINT,
    wire_bytes BIGINT,
    body_bytes BIGINT
);

-- One row is one observation of a feed or sitemap.
CREATE TABLE ops.feed_states (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    full_fetch_at TIMESTAMPTZ,
    entries BIGINT,
    entries_known BIGINT,
    entries_due BIGINT,
    entries_dropped BIGINT,
    failures DOUBLE,
    next_poll_at TIMESTAMPTZ
);

-- One row is one record that broke a rule, whole.
CREATE TABLE ops.quarantine (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    capture_id UUID NOT NULL,
    rules VARCHAR[] NOT NULL,
    messages VARCHAR[] NOT NULL,
    record VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one broken expectation or event that a person should know.
CREATE TABLE ops.findings (
    run_id VARCHAR NOT NULL,
    source VARCHAR,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    observed DOUBLE,
    low DOUBLE,
    high DOUBLE,
    at_utc TIMESTAMPTZ NOT NULL
);
