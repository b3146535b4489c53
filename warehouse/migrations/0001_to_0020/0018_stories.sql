-- Which articles tell of one event, and why. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

-- One row is one decision about the story of an article, or about two stories.
CREATE TABLE ops.story_events (
    step BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    story_id UUID NOT NULL,
    article_id UUID,
    other_story_id UUID,
    cosine DOUBLE,
    shared STRUCT(term VARCHAR, share DOUBLE)[],
    why VARCHAR,
    batch_id UUID,
    run_id VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one story after a load in which it changed.
CREATE TABLE ops.story_states (
    story_id UUID NOT NULL,
    step BIGINT NOT NULL,
    placed BIGINT NOT NULL,
    language VARCHAR NOT NULL,
    terms VARCHAR[],
    weights DOUBLE[],
    square DOUBLE NOT NULL,
    articles BIGINT NOT NULL,
    first_at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    is_short BOOLEAN NOT NULL,
    absorbed VARCHAR[],
    apart VARCHAR[]
);

-- One row is what one load added to the number of articles with a term.
CREATE TABLE ops.term_frequencies (
    language VARCHAR NOT NULL,
    term BIGINT NOT NULL,
    weight DOUBLE NOT NULL,
    newest_at TIMESTAMPTZ NOT NULL,
    articles BIGINT
);

-- One row is one statement by a person that an article is not of another article's story.
CREATE TABLE ops.story_separations (
    article_id UUID NOT NULL,
    other_article_id UUID NOT NULL,
    why VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one article that has a story, with its story after all merges. A copy is of the story of the article whose
-- text it is.
CREATE VIEW main.story_articles AS
WITH RECURSIVE
placed AS (
    SELECT
        article_id,
        max_by(story_id, step) AS story_id,
        max(step) AS step,
        max_by(coalesce(cosine, -1), step) AS cosine
    FROM ops.story_events
    WHERE kind IN ('began', 'joined', 'undone')
    GROUP BY article_id
),
merges AS (
    SELECT
        other_story_id,
        story_id
    FROM ops.story_events
    WHERE kind = 'merged'
),
chains AS (
    SELECT
        other_story_id AS merged_id,
        story_id
    FROM merges
    UNION
    SELECT
        chains.merged_id,
        merges.story_id
    FROM chains
    JOIN merges ON merges.other_story_id = chains.story_id
),
kept AS (
    SELECT chains.*
    FROM chains
    ANTI JOIN merges ON merges.other_story_id = chains.story_id
),
own AS (
    SELECT
        placed.article_id,
        coalesce(kept.story_id, placed.story_id) AS story_id,
        placed.step,
        nullif(placed.cosine, -1) AS cosine
    FROM placed
    LEFT JOIN kept ON kept.merged_id = placed.story_id
),
copied AS (
    SELECT
        copies.article_id,
        own.story_id,
        own.step
    FROM main.copies AS copies
    JOIN own ON own.article_id = copies.duplicate_of
)
SELECT
    article_id,
    story_id,
    step,
    cosine,
    false AS is_copy
FROM own
ANTI JOIN copied USING (article_id)
UNION ALL
SELECT
    article_id,
    story_id,
    step,
    NULL AS cosine,
    true AS is_copy
FROM copied;

-- One row is one story.
CREATE VIEW main.stories AS
WITH
first_fetches AS (
    SELECT
        article_id,
        min(said_at) AS fetched_at
    FROM main.article_timeline
    GROUP BY article_id
),
members AS (
    SELECT
        its.story_id,
        its.article_id,
        its.cosine,
        its.is_copy,
        articles.source,
        articles.title,
        articles.language,
        coalesce(articles.published_at, first_fetches.fetched_at) AS dated_at,
        first_fetches.fetched_at
    FROM main.story_articles AS its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
    JOIN first_fetches ON first_fetches.article_id = its.article_id
)
SELECT
    story_id,
    any_value(language) AS language,
    first(title ORDER BY is_copy, cosine DESC NULLS LAST, dated_at, article_id) AS headline,
    first(article_id ORDER BY is_copy, cosine DESC NULLS LAST, dated_at, article_id) AS headline_article_id,
    count(*) AS articles,
    count(DISTINCT source) FILTER (NOT is_copy) AS outlets,
    list_sort(list(DISTINCT source)) AS sources,
    min(dated_at) AS first_at,
    max(dated_at) AS last_at,
    min(fetched_at) AS first_seen_at
FROM members
GROUP BY story_id;

COMMENT ON VIEW main.story_articles IS 'One row is one article that has a story, with its story after all merges.';
COMMENT ON VIEW main.stories IS 'One row is one story: the articles of one event, in one language.';
