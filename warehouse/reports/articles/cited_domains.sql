-- One row is one domain that articles of one source link to. Only links in the text, to another domain than the
-- article's own. Most articles first.
--
-- source: Slug of the source whose articles link.
-- domain: Registrable domain that they link to.
-- cited_source: Slug of the source of yours whose home page is on that domain; NULL: none is.
-- articles: Articles of the source with such a link.
-- links: Such links in them.
-- share_of_articles: Share of the source's articles that have any, 0 to 1.
-- first_at: The first of these articles: publication, else fetch (UTC).
-- last_at: The last of them (UTC).
-- last_url: A link of the last of them.
-- last_text: Its words; NULL: none, as for a picture.
WITH
hosts AS (
    SELECT
        slug,
        string_split(regexp_extract(homepage, '://([^/:?#]+)', 1), '.') AS labels
    FROM main.sources
),
homes AS (
    SELECT
        domain,
        min(slug) AS slug
    FROM (
        SELECT
            slug,
            array_to_string(labels[unnest(range(1, len(labels)::BIGINT)):], '.') AS domain
        FROM hosts
    )
    GROUP BY domain
),
articles AS (
    SELECT
        article_id,
        source,
        dated_at
    FROM main.articles
),
totals AS (
    SELECT
        source,
        count(*) AS articles
    FROM articles
    GROUP BY source
),
cited AS (
    SELECT
        articles.source,
        links.domain,
        count(DISTINCT links.article_id) AS articles,
        count(*) AS links,
        min(articles.dated_at) AS first_at,
        max(articles.dated_at) AS last_at,
        arg_max(links.url, (articles.dated_at, links.position)) AS last_url,
        arg_max_null(links.text, (articles.dated_at, links.position)) AS last_text
    FROM main.article_links AS links
    JOIN articles ON articles.article_id = links.article_id
    WHERE links.is_external AND links.domain IS NOT NULL
    GROUP BY articles.source, links.domain
)
SELECT
    cited.source,
    cited.domain,
    homes.slug AS cited_source,
    cited.articles,
    cited.links,
    cited.articles / totals.articles AS share_of_articles,
    cited.first_at,
    cited.last_at,
    cited.last_url,
    cited.last_text
FROM cited
JOIN totals ON totals.source = cited.source
LEFT JOIN homes ON homes.domain = cited.domain
ORDER BY cited.articles DESC, cited.source, cited.domain;
