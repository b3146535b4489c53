-- One row is the articles of one source, language or section on one day. Newest day first; within a day by source, then
-- language, then section, most articles first. The day is that of publication, else of first fetch (UTC).
--
-- day: The day (UTC).
-- kind: What `name` is: source, language or section.
-- name: Slug of the source, ISO 639 code of the language, or the section as the publisher names it; NULL: not known.
-- articles: Articles of it on the day, copies of other texts included.
-- share: Share of all articles of the day, 0 to 1.
-- articles_of_day: All articles of the day.
WITH
counted AS (
    SELECT
        (dated_at AT TIME ZONE 'UTC')::DATE AS day,
        source,
        language,
        section,
        count(*) AS articles
    FROM main.articles
    GROUP BY day, source, language, section
),
grouped AS (
    SELECT day, 'source' AS kind, source AS name, sum(articles)::BIGINT AS articles FROM counted GROUP BY day, source
    UNION ALL
    SELECT day, 'language', language, sum(articles)::BIGINT FROM counted GROUP BY day, language
    UNION ALL
    SELECT day, 'section', section, sum(articles)::BIGINT FROM counted GROUP BY day, section
)
SELECT
    day,
    kind,
    name,
    articles,
    articles / sum(articles) OVER (PARTITION BY day, kind) AS share,
    (sum(articles) OVER (PARTITION BY day, kind))::BIGINT AS articles_of_day
FROM grouped
ORDER BY day DESC, list_position(['source', 'language', 'section'], kind), articles DESC, name;
