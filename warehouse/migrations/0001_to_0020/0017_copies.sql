-- Samples of texts, pairs of texts that are alike, and whose text an article's is. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is the sample of the text of one version.
CREATE TABLE main.text_samples (
    article_id UUID NOT NULL,
    version BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    dated_at TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ,
    published_precision VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    words BIGINT NOT NULL,
    groups BIGINT NOT NULL,
    grams UINTEGER[] NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is two versions of two articles that are alike, the later one first.
CREATE TABLE ops.copy_pairs (
    article_id UUID NOT NULL,
    version BIGINT NOT NULL,
    of_id UUID NOT NULL,
    of_version BIGINT NOT NULL,
    contained DOUBLE NOT NULL,
    length DOUBLE NOT NULL,
    dated_at TIMESTAMPTZ NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is one decision on whose text an article's is.
CREATE TABLE ops.copy_decisions (
    article_id UUID NOT NULL,
    number BIGINT NOT NULL,
    duplicate_of UUID,
    kind VARCHAR,
    contained DOUBLE,
    length DOUBLE,
    compared_with UUID,
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is one article with a text that another article has, too, or had: the last decision on it.
CREATE VIEW main.copies AS
SELECT
    article_id,
    duplicate_of,
    kind,
    contained,
    length,
    compared_with
FROM ops.copy_decisions
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY number DESC) = 1;

ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS credited_agency VARCHAR;

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
SELECT
    versions.* REPLACE (
        latest.article_id AS article_id,
        coalesce(undone.page_url, versions.canonical_url) AS canonical_url
    ),
    copies.duplicate_of,
    copies.kind AS copy_kind,
    copies.contained AS copy_share
FROM main.article_versions AS versions
JOIN latest ON latest.loaded_as = versions.article_id AND latest.version = versions.version
LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
LEFT JOIN main.copies AS copies ON copies.article_id = latest.article_id;

COMMENT ON VIEW main.copies IS 'One row is one article with a text that another article has, too, or had.';
COMMENT ON VIEW main.articles IS 'One row is one article as its site last said it.';
