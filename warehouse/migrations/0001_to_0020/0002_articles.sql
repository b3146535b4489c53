-- Articles, the links in them, and the archive's index. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one version of one article.
CREATE TABLE main.article_versions (
    article_id UUID NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    dek VARCHAR,
    body VARCHAR NOT NULL,
    authors VARCHAR[],
    published_at TIMESTAMPTZ,
    published_precision VARCHAR,
    modified_at TIMESTAMPTZ,
    modified_precision VARCHAR,
    evidence STRUCT(field VARCHAR, origin VARCHAR, raw VARCHAR, "at" TIMESTAMPTZ, "precision" VARCHAR, chosen BOOLEAN)[],
    language VARCHAR,
    section VARCHAR,
    tags VARCHAR[],
    image_url VARCHAR,
    completeness VARCHAR NOT NULL,
    completeness_evidence VARCHAR[],
    word_count BIGINT NOT NULL,
    body_hash VARCHAR NOT NULL,
    fingerprint VARCHAR,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    config_hash VARCHAR NOT NULL,
    capture_id UUID NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is one article in its latest version.
CREATE VIEW main.articles AS
SELECT *
FROM main.article_versions
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1;

COMMENT ON VIEW main.articles IS 'One row is one article in its latest version.';

-- One row is one link in the body of one version of an article.
CREATE TABLE main.links_out (
    article_id UUID NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    url VARCHAR NOT NULL,
    text VARCHAR,
    run_id VARCHAR NOT NULL
);

-- One row is one WARC record: the archive's index.
CREATE TABLE main.captures (
    capture_id UUID NOT NULL,
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    found_in VARCHAR NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    entry VARCHAR NOT NULL,
    entry_newest_at TIMESTAMPTZ,
    final_url VARCHAR NOT NULL,
    status BIGINT NOT NULL,
    media_type VARCHAR,
    charset VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    elapsed_s DOUBLE NOT NULL,
    attempts BIGINT NOT NULL,
    body_bytes BIGINT NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    warc_length BIGINT NOT NULL,
    warc_digest VARCHAR NOT NULL
);
