-- One row is the articles of one source on one day, by how much of them was to be had. Newest day first. The day is that
-- of publication, else of first fetch (UTC).
--
-- day: The day (UTC).
-- articles: Articles of the day.
-- full_articles: Of these, those whose page gave the whole text.
-- teaser_articles: Those of which it gave a first part.
-- paywalled_articles: Those behind a paywall.
-- other_articles: All others (`completeness` of `main.articles` names them).
-- share_full: `full_articles` of `articles`, 0 to 1.
-- share_paywalled: `paywalled_articles` of `articles`, 0 to 1.
SELECT
    (dated_at AT TIME ZONE 'UTC')::DATE AS day,
    source,
    count(*) AS articles,
    count(*) FILTER (completeness = 'full') AS full_articles,
    count(*) FILTER (completeness = 'teaser') AS teaser_articles,
    count(*) FILTER (completeness = 'paywalled') AS paywalled_articles,
    count(*) FILTER (completeness NOT IN ('full', 'teaser', 'paywalled')) AS other_articles,
    full_articles / count(*) AS share_full,
    paywalled_articles / count(*) AS share_paywalled
FROM main.articles
GROUP BY day, source
ORDER BY day DESC, source;
