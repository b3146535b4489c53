-- One row is one story with an article between $since and $until, as it stood at $until. Those of most outlets
-- first; every 12 hours between its last article and $until halve its weight. `outlets` are sources with a text of
-- their own. An article that is dated after its first fetch counts from that fetch. Times are UTC.
WITH
first_fetches AS (
    SELECT
        article_id,
        min(said_at) AS seen_at
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
        first_fetches.seen_at,
        if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) AS at_utc
    FROM main.story_articles AS its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
    JOIN first_fetches ON first_fetches.article_id = its.article_id
),
told AS (
    SELECT
        story_id,
        any_value(language) AS language,
        first(title ORDER BY is_copy, cosine DESC NULLS LAST, at_utc, article_id) AS headline,
        count(DISTINCT source) FILTER (NOT is_copy) AS outlets,
        count(*) AS articles,
        list_sort(list(DISTINCT source)) AS sources,
        min(seen_at) AS first_seen_at,
        min(at_utc) AS first_at,
        max(at_utc) AS last_at
    FROM members
    WHERE at_utc < $until
    GROUP BY story_id
)
SELECT
    *,
    outlets * pow(0.5, greatest(0, epoch($until::TIMESTAMPTZ - last_at)) / 43200) AS weight
FROM told
WHERE last_at >= $since
ORDER BY weight DESC, last_at DESC, story_id
LIMIT $most;
