-- One row is one story on one day (UTC) on which it got articles. Newest day first, then most outlets. What is counted up
-- to the end of a day does not change when the story grows on a later one.
--
-- day: The day (UTC) of publication, else of first fetch.
-- headline: Title of the article that is likest to the others, of those up to the end of the day.
-- outlets: Sources with a text of their own up to the end of the day: a copy of another text counts for none.
-- articles: Articles up to the end of the day, copies included.
-- new_articles: Articles of the day, copies included.
-- growth: `new_articles` less those of the day before; below 0 where the story fades.
-- share: Share of all articles of the day, 0 to 1.
-- by_hour: Articles of the day by hour (UTC): 24 numbers.
-- languages: Languages of the articles up to the end of the day; empty: none is known.
-- sources: Slugs of the sources up to the end of the day, copies included.
-- first_seen_at: First fetch of any of its articles (UTC).
-- first_at: Publication (else fetch) of its first article (UTC).
-- last_at: Publication (else fetch) of its last article of the day (UTC).
-- story_id: The story; it stays while the story grows.
WITH
its AS MATERIALIZED (
    FROM main.story_articles
),
days AS (
    SELECT
        (dated_at AT TIME ZONE 'UTC')::DATE AS day,
        count(*) AS articles
    FROM main.articles
    GROUP BY day
),
members AS MATERIALIZED (
    SELECT
        its.story_id,
        its.is_copy,
        (its.is_copy, -coalesce(its.cosine, -1), articles.dated_at, articles.article_id) AS unlikeness,
        articles.source,
        articles.title,
        articles.language,
        articles.dated_at,
        articles.first_fetched_at,
        (articles.dated_at AT TIME ZONE 'UTC')::DATE AS day
    FROM its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
),
daily AS (
    SELECT
        story_id,
        day,
        count(*) AS new_articles,
        list(hour(dated_at AT TIME ZONE 'UTC')) AS hours,
        max(dated_at) AS last_at
    FROM members
    GROUP BY story_id, day
),
so_far AS (
    SELECT
        daily.story_id,
        daily.day,
        arg_min(members.title, members.unlikeness) AS headline,
        count(DISTINCT members.source) FILTER (NOT members.is_copy) AS outlets,
        count(*) AS articles,
        coalesce(list_sort(list(DISTINCT members.language) FILTER (members.language IS NOT NULL)), []) AS languages,
        list_sort(list(DISTINCT members.source)) AS sources,
        min(members.first_fetched_at) AS first_seen_at,
        min(members.dated_at) AS first_at
    FROM daily
    JOIN members ON members.story_id = daily.story_id AND members.day <= daily.day
    GROUP BY daily.story_id, daily.day
)
SELECT
    daily.day,
    so_far.headline,
    so_far.outlets,
    so_far.articles,
    daily.new_articles,
    daily.new_articles - coalesce(before.new_articles, 0) AS growth,
    daily.new_articles / days.articles AS share,
    list_transform(range(24), lambda hour: len(list_filter(daily.hours, lambda one: one = hour))) AS by_hour,
    so_far.languages,
    so_far.sources,
    so_far.first_seen_at,
    so_far.first_at,
    daily.last_at,
    daily.story_id
FROM daily
JOIN so_far ON so_far.story_id = daily.story_id AND so_far.day = daily.day
JOIN days ON days.day = daily.day
LEFT JOIN daily AS before ON before.story_id = daily.story_id AND before.day = daily.day - 1
ORDER BY daily.day DESC, so_far.outlets DESC, daily.new_articles DESC, daily.story_id;
