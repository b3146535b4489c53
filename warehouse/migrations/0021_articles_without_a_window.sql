-- Articles and their links are found without a look at every version: nearly all articles have one. Times are UTC.

-- One row is one article whose last version must be looked for: it has several versions or moments, a reading of its
-- capture that takes the place of another, or a page that was taken out of another article.
CREATE VIEW ops.retold_articles AS
WITH
retold AS (
    SELECT article_id
    FROM main.article_versions
    WHERE version > 1
    UNION ALL
    SELECT article_id
    FROM main.article_versions
    WHERE capture_id IN (SELECT capture_id FROM main.article_versions WHERE cause = 'replayed')
    UNION ALL
    SELECT article_id
    FROM ops.events
    WHERE kind IN ('reverted', 'seen_earlier', 'seen_again')
    UNION ALL
    SELECT versions.article_id
    FROM main.article_versions AS versions
    JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
    UNION ALL
    SELECT page_id AS article_id
    FROM ops.undone_identities
)
SELECT DISTINCT article_id
FROM retold;

-- One row is one article as its site last said it: by the time of the fetch, whenever that was loaded.
-- Not ANTI JOIN: DuckDB 1.5.5 with one thread ends no query over the whole view then, where rows are read some at a
-- time.
CREATE OR REPLACE VIEW main.articles AS
WITH
moments AS (
    SELECT
        article_id,
        version,
        loaded_as,
        min(said_at) OVER (PARTITION BY article_id) AS first_fetched_at
    FROM main.article_timeline AS moments
    SEMI JOIN ops.retold_articles AS retold ON retold.article_id = moments.loaded_as
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY said_at DESC, version DESC) = 1
),
told AS (
    SELECT
        *,
        fetched_at AS first_fetched_at
    FROM main.article_versions AS versions
    WHERE NOT EXISTS (FROM ops.retold_articles AS retold WHERE retold.article_id = versions.article_id)
    UNION ALL
    SELECT
        versions.* REPLACE (
            moments.article_id AS article_id,
            coalesce(undone.page_url, versions.canonical_url) AS canonical_url
        ),
        moments.first_fetched_at
    FROM main.article_versions AS versions
    JOIN moments ON moments.loaded_as = versions.article_id AND moments.version = versions.version
    LEFT JOIN ops.undone_identities AS undone ON undone.page_id = versions.page_id
)
SELECT
    told.* EXCLUDE (first_fetched_at),
    copies.duplicate_of,
    copies.kind AS copy_kind,
    copies.contained AS copy_share,
    told.first_fetched_at,
    coalesce(told.published_at, told.first_fetched_at) AS dated_at
FROM told
LEFT JOIN main.copies AS copies ON copies.article_id = told.article_id;

-- One row is one link in the body of one article, as its site last said it.
CREATE OR REPLACE VIEW main.article_links AS
WITH
latest AS (
    SELECT
        article_id,
        version,
        loaded_as
    FROM main.article_timeline AS moments
    SEMI JOIN ops.retold_articles AS retold ON retold.article_id = moments.loaded_as
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY said_at DESC, version DESC) = 1
)
SELECT
    article_id,
    position,
    url,
    domain,
    is_external,
    text
FROM main.links_out
ANTI JOIN ops.retold_articles USING (article_id)
UNION ALL
SELECT
    latest.article_id,
    links.position,
    links.url,
    links.domain,
    links.is_external,
    links.text
FROM main.links_out AS links
JOIN latest ON latest.loaded_as = links.article_id AND latest.version = links.version;

-- One row is one story. Its articles are made first: beside a recursive query DuckDB 1.5 reads every column of a view,
-- the texts too.
CREATE OR REPLACE VIEW main.stories AS
WITH
its AS MATERIALIZED (
    FROM main.story_articles
),
members AS (
    SELECT
        its.story_id,
        its.article_id,
        its.is_copy,
        (its.is_copy, -coalesce(its.cosine, -1), articles.dated_at, its.article_id) AS unlikeness,
        articles.source,
        articles.title,
        articles.language,
        articles.dated_at,
        articles.first_fetched_at
    FROM its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
)
SELECT
    story_id,
    any_value(language) AS language,
    arg_min(title, unlikeness) AS headline,
    arg_min(article_id, unlikeness) AS headline_article_id,
    count(*) AS articles,
    count(DISTINCT source) FILTER (NOT is_copy) AS outlets,
    list_sort(list(DISTINCT source)) AS sources,
    min(dated_at) AS first_at,
    max(dated_at) AS last_at,
    min(first_fetched_at) AS first_seen_at
FROM members
GROUP BY story_id;

COMMENT ON VIEW main.stories IS 'One row is one story: the articles of one event, in one language.';
COMMENT ON VIEW ops.retold_articles IS 'One row is one article whose last version must be looked for among several.';
COMMENT ON VIEW main.articles IS 'One row is one article as its site last said it.';
COMMENT ON VIEW main.article_links IS 'One row is one link in the body of one article, as its site last said it.';
