-- One row is one row that arrives, with the text that it had: `same`, the text of its hash; `other`, what its article
-- says by now; `missing`: no text.
WITH asked AS (
    SELECT
        number,
        body_hash,
        canonical_url
    FROM arriving
),

same AS (
    SELECT
        asked.number,
        arg_min(v.dek, v.version) AS dek,
        any_value(v.body) AS body
    FROM asked
    INNER JOIN main.article_versions AS v ON asked.body_hash = v.body_hash
    GROUP BY asked.number
),

other AS (
    SELECT
        asked.number,
        any_value(a.dek) AS dek,
        any_value(a.body) AS body
    FROM asked
    INNER JOIN main.articles AS a ON asked.canonical_url IN (a.canonical_url, a.url)
    WHERE asked.number NOT IN (SELECT same.number FROM same)
    GROUP BY asked.number
)

SELECT
    asked.number,
    coalesce(same.dek, other.dek) AS dek,
    coalesce(same.body, other.body) AS body,
    CASE
        WHEN same.number IS NOT NULL THEN 'same'
        WHEN other.number IS NOT NULL THEN 'other'
        ELSE 'missing'
    END AS text_found
FROM asked
LEFT JOIN same ON asked.number = same.number
LEFT JOIN other ON asked.number = other.number
ORDER BY asked.number;
