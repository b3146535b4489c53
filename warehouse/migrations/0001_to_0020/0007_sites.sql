-- What was learned of sites. Times are UTC. Comments come from the types (schemas/): `migrate` sets them.

-- One row is what one page of a site showed.
CREATE TABLE ops.site_blocks (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    article_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    container VARCHAR,
    covered DOUBLE NOT NULL,
    blocks STRUCT("slot" VARCHAR, "key" VARCHAR, "chars" BIGINT, "linked" BIGINT, "kept" BOOLEAN)[] NOT NULL,
    road VARCHAR NOT NULL,
    wrapper BIGINT,
    agreement DOUBLE,
    familiarity DOUBLE
);

-- One row is one version of a site's wrapper, or a change of its state.
CREATE TABLE ops.wrappers (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    state VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    containers VARCHAR[] NOT NULL,
    text_slots VARCHAR[] NOT NULL,
    other_slots VARCHAR[] NOT NULL,
    pages BIGINT NOT NULL,
    checks BIGINT,
    agreement DOUBLE
);
