-- Incidents: findings that stay open until a row says that what they tell is over. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

ALTER TABLE ops.findings ADD COLUMN IF NOT EXISTS about VARCHAR;

-- One row is the end of one incident.
CREATE TABLE ops.closings (
    source VARCHAR,
    code VARCHAR NOT NULL,
    about VARCHAR,
    at_utc TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL
);

-- One row is one change of the health of one source.
CREATE TABLE ops.health_states (
    source VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    evidence VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- What was found before incidents were kept: the next runs find again what is still so.
INSERT INTO ops.closings
SELECT
    source,
    code,
    about,
    max(at_utc),
    max_by(run_id, at_utc),
    'upgrade',
    'found before incidents were kept; what is still so is found again'
FROM ops.findings
GROUP BY source, code, about;

-- One row is one incident: the findings of one kind about one thing, up to the row that closed them.
CREATE VIEW ops.incidents AS
WITH
told AS (
    SELECT
        findings.*,
        closings.at_utc AS closed_at,
        closings.run_id AS closed_by,
        closings.who,
        closings.why
    FROM ops.findings AS findings
    ASOF LEFT JOIN ops.closings AS closings
        ON coalesce(closings.source, '') = coalesce(findings.source, '')
        AND closings.code = findings.code
        AND coalesce(closings.about, '') = coalesce(findings.about, '')
        AND closings.at_utc >= findings.at_utc
)
SELECT
    md5(concat_ws(' ', coalesce(source, ''), code, coalesce(about, ''), epoch_us(min(at_utc))))::UUID AS incident_id,
    source,
    code,
    about,
    max_by(severity, at_utc) AS severity,
    max_by(message, at_utc) AS message,
    arg_max_null(observed, at_utc) AS observed,
    arg_max_null(low, at_utc) AS low,
    arg_max_null(high, at_utc) AS high,
    count(*) AS findings,
    min(at_utc) AS opened_at,
    min_by(run_id, at_utc) AS opened_by,
    max(at_utc) AS seen_at,
    max_by(run_id, at_utc) AS seen_by,
    closed_at,
    any_value(closed_by) AS closed_by,
    any_value(who) AS who,
    any_value(why) AS why
FROM told
GROUP BY source, code, about, closed_at;

COMMENT ON VIEW ops.incidents IS 'One row is one incident: the findings of one kind about one thing, up to the row that closed them.';
