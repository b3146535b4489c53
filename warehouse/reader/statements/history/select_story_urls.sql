-- One row is one URL as found that belongs to the URL asked for: it is that URL or another spelling of the canonical
-- form $form, redirected to it, or gave the same article.
WITH
met AS (
    SELECT url FROM ops.outcomes WHERE url = $url OR coalesce(canonical_form, url) = $form
    UNION
    SELECT url FROM main.captures WHERE url = $url OR final_url = $url OR coalesce(canonical_form, url) = $form
    UNION
    SELECT url FROM main.article_versions WHERE url = $url OR canonical_url IN ($url, $form)
    UNION
    SELECT versions.url
    FROM ops.identities AS identities
    JOIN main.article_versions AS versions ON versions.article_id = identities.article_id
    WHERE identities.page_url IN ($url, $form)
),
articles AS (
    SELECT article_id FROM main.article_versions SEMI JOIN met USING (url)
    UNION
    SELECT article_id FROM ops.outcomes SEMI JOIN met USING (url) WHERE article_id IS NOT NULL
)
SELECT url FROM met
UNION
SELECT url FROM ops.outcomes SEMI JOIN articles USING (article_id)
ORDER BY url;
