-- One row is one URL under which an article is known that has one of the URLs of `arriving` (column url), as a source
-- met it and in its canonical form.
WITH
articles AS (
    SELECT article_id
    FROM main.article_versions
    WHERE url IN (SELECT url FROM arriving) OR canonical_url IN (SELECT url FROM arriving)
    UNION
    SELECT article_id
    FROM ops.identities
    WHERE page_url IN (SELECT url FROM arriving) OR canonical_url IN (SELECT url FROM arriving)
    UNION
    SELECT article_id
    FROM ops.outcomes
    WHERE article_id IS NOT NULL AND (url IN (SELECT url FROM arriving) OR canonical_form IN (SELECT url FROM arriving))
),
answers AS (
    SELECT capture_id FROM main.article_versions SEMI JOIN articles USING (article_id)
    UNION
    SELECT capture_id FROM ops.events SEMI JOIN articles USING (article_id)
    UNION
    SELECT capture_id FROM ops.outcomes SEMI JOIN articles USING (article_id)
),
its_captures AS (
    SELECT captures.*
    FROM main.captures AS captures
    WHERE
        kind IN ('article', 'redirect')
        AND (
            capture_id IN (SELECT capture_id FROM answers)
            OR url IN (SELECT url FROM arriving)
            OR canonical_form IN (SELECT url FROM arriving)
            OR known_as IN (SELECT url FROM arriving)
            OR (kind = 'article' AND final_url IN (SELECT url FROM arriving))
        )
)
SELECT source, url, coalesce(canonical_form, url) AS form
FROM its_captures
UNION
SELECT source, final_url AS url, final_url AS form
FROM its_captures
WHERE capture_id IN (SELECT capture_id FROM main.article_versions)
UNION
SELECT source, known_as AS url, known_as AS form
FROM its_captures
WHERE known_as IS NOT NULL
UNION
SELECT source, url, url AS form
FROM main.article_versions
SEMI JOIN articles USING (article_id)
UNION
SELECT source, canonical_url AS url, canonical_url AS form
FROM main.article_versions
SEMI JOIN articles USING (article_id)
UNION
SELECT source, page_url AS url, page_url AS form
FROM ops.identities
SEMI JOIN articles USING (article_id)
UNION
SELECT source, url, coalesce(canonical_form, url) AS form
FROM ops.outcomes
WHERE
    kind = 'article'
    AND NOT starts_with(url, 'forgotten:')
    AND (
        article_id IN (SELECT article_id FROM articles)
        OR url IN (SELECT url FROM arriving)
        OR canonical_form IN (SELECT url FROM arriving)
    );
