-- What versions mention, and what articles do as their sites last said them. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is what one version of one article mentions.
CREATE TABLE main.version_mentions (
    article_id UUID NOT NULL,
    version BIGINT NOT NULL,
    mentions STRUCT(text VARCHAR, name VARCHAR, kind VARCHAR, times BIGINT, in_title BOOLEAN)[] NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- One row is one name or quantity that one article mentions, as its site last said it.
CREATE VIEW main.mentions AS
WITH
latest AS (
    SELECT
        article_id,
        version,
        loaded_as
    FROM main.article_timeline
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY said_at DESC, version DESC) = 1
),
placed AS (
    SELECT
        latest.article_id,
        generate_subscripts(found.mentions, 1) AS position,
        unnest(found.mentions) AS mention
    FROM main.version_mentions AS found
    JOIN latest ON latest.loaded_as = found.article_id AND latest.version = found.version
)
SELECT
    article_id,
    position,
    mention.text AS text,
    mention.name AS name,
    mention.kind AS kind,
    mention.times AS count,
    mention.in_title AS in_title
FROM placed;

COMMENT ON VIEW main.mentions IS 'One row is one name or quantity that one article mentions, as its site last said it.';
