-- What was asked to be forgotten, the tombstones that keep it out, and what was done. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one request to forget an article, a source or a period.
CREATE TABLE ops.forget_requests (
    forget_id UUID NOT NULL,
    what VARCHAR NOT NULL,
    source VARCHAR,
    before TIMESTAMPTZ,
    why VARCHAR NOT NULL,
    asked_by VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one URL that is not fetched or loaded any more.
CREATE TABLE ops.tombstones (
    forget_id UUID NOT NULL,
    url_hash VARCHAR NOT NULL,
    source VARCHAR,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one request that was carried out.
CREATE TABLE ops.forget_results (
    forget_id UUID NOT NULL,
    articles BIGINT NOT NULL,
    captures BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    backups VARCHAR[],
    unreached VARCHAR[],
    at_utc TIMESTAMPTZ NOT NULL
);
