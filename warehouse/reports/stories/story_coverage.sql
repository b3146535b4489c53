-- One row is one source that has one story. It is the matrix of stories and outlets in long form; stories with the latest
-- article come first, in each the source that had it first.
--
-- story_id: The story.
-- headline: First headline that any source gave it.
-- source: Slug of the source.
-- articles: Its articles of the story, copies of other texts included.
-- own_texts: Of these, texts of its own; 0: it carries copies alone.
-- first_at: Publication (else fetch) of its first article; a day's midnight where only the day is known (UTC).
-- first_title: Headline of that article.
-- first_url: URL of that article.
-- place: 1 for the source that had it first; equal for equal times.
-- led: Whether it had the story before every other; false where that cannot be told, as with a day without a time.
-- delay_s: Seconds after the first article of the story.
-- lead_s: Seconds until the next source had it; NULL: it did not lead, or is alone.
WITH
its AS MATERIALIZED (
    FROM main.story_articles
),
covered AS (
    SELECT
        its.story_id,
        articles.source,
        count(*) AS articles,
        count(*) FILTER (NOT its.is_copy) AS own_texts,
        min(articles.dated_at) AS first_at,
        min(
            articles.dated_at
            + CASE WHEN articles.published_precision = 'day' THEN INTERVAL '23:59:59' ELSE INTERVAL 0 SECONDS END
        ) AS not_after,
        arg_min(articles.title, (articles.dated_at, articles.article_id)) AS first_title,
        arg_min(articles.url, (articles.dated_at, articles.article_id)) AS first_url,
        max(articles.dated_at) AS last_at
    FROM its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
    GROUP BY its.story_id, articles.source
),
ordered AS (
    SELECT
        *,
        first(first_title) OVER in_time AS headline,
        first(first_at) OVER in_time AS began_at,
        lead(first_at) OVER in_time AS next_at,
        rank() OVER (PARTITION BY story_id ORDER BY first_at) AS place,
        max(last_at) OVER (PARTITION BY story_id) AS story_last_at
    FROM covered
    WINDOW in_time AS (PARTITION BY story_id ORDER BY first_at, source)
)
SELECT
    story_id,
    headline,
    source,
    articles,
    own_texts,
    first_at,
    first_title,
    first_url,
    place,
    place = 1 AND coalesce(not_after < next_at, place = 1) AS led,
    epoch(first_at) - epoch(began_at) AS delay_s,
    CASE WHEN place = 1 AND not_after < next_at THEN epoch(next_at) - epoch(first_at) END AS lead_s
FROM ordered
ORDER BY story_last_at DESC, story_id, place, source;
