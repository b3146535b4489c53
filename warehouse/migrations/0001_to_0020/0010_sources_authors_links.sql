-- Sources by name, the authors of articles and the links in their texts. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

ALTER TABLE main.links_out ADD COLUMN IF NOT EXISTS domain VARCHAR;
ALTER TABLE main.links_out ADD COLUMN IF NOT EXISTS is_external BOOLEAN;

-- One row is what a source's file said, from one run on.
CREATE TABLE ops.source_states (
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One row is one source that had a file in any run, as that said it last.
CREATE VIEW main.sources AS
WITH
seen AS (
    SELECT
        source,
        min(fetched_at) AS fetched_at
    FROM main.captures
    GROUP BY source
)
SELECT
    states.slug,
    arg_max(states.name, states.at_utc) AS name,
    arg_max(states.country, states.at_utc) AS country,
    arg_max(states.language, states.at_utc) AS language,
    arg_max(states.homepage, states.at_utc) AS homepage,
    least(min(states.at_utc), min(seen.fetched_at)) AS since
FROM ops.source_states AS states
LEFT JOIN seen ON seen.source = states.slug
GROUP BY states.slug;

-- One row is one person named as author of one article, as its site last said it.
CREATE VIEW main.article_authors AS
SELECT
    article_id,
    generate_subscripts(authors, 1) AS position,
    unnest(authors) AS name
FROM main.articles;

-- One row is one link in the body of one article, as its site last said it.
CREATE VIEW main.article_links AS
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
    latest.article_id,
    links.position,
    links.url,
    links.domain,
    links.is_external
FROM main.links_out AS links
JOIN latest ON latest.loaded_as = links.article_id AND latest.version = links.version;

COMMENT ON VIEW main.sources IS 'One row is one source that had a file in any run, as that said it last.';
COMMENT ON VIEW main.article_authors IS 'One row is one person named as author of one article, as its site last said it.';
COMMENT ON VIEW main.article_links IS 'One row is one link in the body of one article, as its site last said it.';
