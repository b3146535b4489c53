-- One row is one name of an author at one source. Most articles first; equal names at two sources may be two people.
--
-- name: The person's name, as the pages write it.
-- articles: Articles that name the person.
-- articles_28d: Of these, those of the 28 days up to the newest article of the source.
-- first_at: The first of them: publication, else fetch (UTC).
-- last_at: The last of them (UTC).
-- sections: Sections of these articles; empty: none is named.
-- last_title: Headline of the last of them.
-- last_url: URL of the last of them.
WITH
named AS (
    SELECT
        source,
        section,
        title,
        url,
        dated_at,
        max(dated_at) OVER (PARTITION BY source) AS newest_at,
        unnest(authors) AS name
    FROM main.articles
    WHERE len(authors) > 0
)
SELECT
    name,
    source,
    count(*) AS articles,
    count(*) FILTER (dated_at > newest_at - INTERVAL 28 DAYS) AS articles_28d,
    min(dated_at) AS first_at,
    max(dated_at) AS last_at,
    coalesce(list_sort(list(DISTINCT section) FILTER (section IS NOT NULL)), []) AS sections,
    arg_max(title, dated_at) AS last_title,
    arg_max(url, dated_at) AS last_url
FROM named
GROUP BY name, source
ORDER BY articles DESC, name, source;
