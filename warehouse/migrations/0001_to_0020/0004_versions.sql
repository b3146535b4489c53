-- What changed between versions, what happened to articles, which pages are one article. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS cause VARCHAR;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS compared_with BIGINT;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS changed_fields VARCHAR[];
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS words_added BIGINT;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS words_removed BIGINT;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS similarity DOUBLE;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS supersedes BIGINT;
ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS page_id UUID;

-- One row is one thing that happened to an article beside a change of its text.
CREATE TABLE ops.events (
    event_id UUID NOT NULL,
    article_id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    version BIGINT,
    capture_id UUID,
    detail VARCHAR,
    evidence VARCHAR[],
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is one statement that a page is an article's, or no longer is.
CREATE TABLE ops.identities (
    page_id UUID NOT NULL,
    page_url VARCHAR NOT NULL,
    article_id UUID NOT NULL,
    canonical_url VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    capture_id UUID,
    run_id VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one page whose identity with another's article was undone.
CREATE VIEW ops.undone_identities AS
SELECT
    page_id,
    min(page_url) AS page_url
FROM ops.identities
WHERE rule = 'undone'
GROUP BY page_id;

-- One row is one moment from which on an article said what one version says. A version whose capture was
-- read anew has no row; its later reading takes its place.
CREATE VIEW main.article_timeline AS
WITH
read_anew AS (
    SELECT
        capture_id,
        max(loaded_at) AS loaded_at
    FROM main.article_versions
    WHERE cause = 'replayed'
    GROUP BY capture_id
),
standing AS (
    SELECT
        versions.article_id,
        versions.version,
        versions.page_id,
        versions.capture_id,
        versions.fetched_at
    FROM main.article_versions AS versions
    LEFT JOIN read_anew ON read_anew.capture_id = versions.capture_id
    WHERE read_anew.capture_id IS NULL OR versions.loaded_at >= read_anew.loaded_at
),
again AS (
    SELECT
        standing.article_id,
        standing.version,
        standing.page_id,
        events.capture_id,
        events.at_utc AS fetched_at
    FROM ops.events AS events
    JOIN main.article_versions AS met ON met.article_id = events.article_id AND met.version = events.version
    JOIN standing ON standing.capture_id = met.capture_id
    LEFT JOIN read_anew ON read_anew.capture_id = events.capture_id
    WHERE events.kind IN ('reverted', 'seen_earlier', 'seen_again') AND read_anew.capture_id IS NULL
),
moments AS (
    SELECT *, false AS is_again FROM standing
    UNION ALL BY NAME
    SELECT *, true AS is_again FROM again
)
SELECT
    coalesce(undone.page_id, moments.article_id) AS article_id,
    moments.version,
    moments.fetched_at AS said_at,
    moments.capture_id,
    moments.is_again,
    moments.article_id AS loaded_as
FROM moments
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = moments.page_id;

-- One row is one article as its site last said it: by the time of the fetch, whenever that was loaded.
CREATE OR REPLACE VIEW main.articles AS
WITH
latest AS (
    SELECT
        article_id,
        version,
        loaded_as
    FROM main.article_timeline
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY said_at DESC, version DESC) = 1
)
SELECT versions.* REPLACE (
    latest.article_id AS article_id,
    coalesce(undone.page_url, versions.canonical_url) AS canonical_url
)
FROM main.article_versions AS versions
JOIN latest ON latest.loaded_as = versions.article_id AND latest.version = versions.version
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id;

-- One row is one article as its site said it at the instant `moment`; those that were gone then are left out.
CREATE MACRO main.articles_as_of(moment) AS TABLE
WITH
gone AS (
    SELECT article_id
    FROM ops.events
    WHERE kind IN ('deleted', 'restored') AND at_utc <= moment::TIMESTAMPTZ
    GROUP BY article_id
    HAVING arg_max(kind, at_utc) = 'deleted'
),
latest AS (
    SELECT
        article_id,
        version,
        loaded_as
    FROM main.article_timeline
    WHERE said_at <= moment::TIMESTAMPTZ AND article_id NOT IN (SELECT article_id FROM gone)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY said_at DESC, version DESC) = 1
)
SELECT versions.* REPLACE (
    latest.article_id AS article_id,
    coalesce(undone.page_url, versions.canonical_url) AS canonical_url
)
FROM main.article_versions AS versions
JOIN latest ON latest.loaded_as = versions.article_id AND latest.version = versions.version
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id;

COMMENT ON VIEW main.articles IS 'One row is one article as its site last said it.';
