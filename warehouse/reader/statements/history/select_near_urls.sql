-- One row is one URL of an article on the host $host as it ended last, the most alike $path first: five at most, and
-- only such that a slip of the pen, or another slug of one headline, explains.
WITH
ended AS (
    SELECT
        url,
        arg_max(source, at_utc) AS source,
        arg_max(run_id, at_utc) AS run_id,
        arg_max(reason, at_utc) AS reason,
        arg_max(detail, at_utc) AS detail,
        arg_max(found_in, at_utc) AS found_in,
        arg_max(article_id, at_utc) AS article_id,
        max(at_utc) AS at_utc
    FROM ops.outcomes
    WHERE kind = 'article' AND regexp_replace(split_part(url, '/', 3), '^www\.', '') = $host
    GROUP BY url
),
alike AS (
    SELECT
        *,
        jaro_winkler_similarity(substr(url, strpos(url, $host) + length($host)), $path) AS likeness
    FROM ended
)
SELECT * EXCLUDE (likeness)
FROM alike
WHERE likeness >= 0.85
ORDER BY likeness DESC, url
LIMIT 5;
