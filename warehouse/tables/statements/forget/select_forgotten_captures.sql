-- One row is one capture that goes, and its place: of a page whose URL is in `arriving` (of kind url), of a version of
-- an article there (of kind article), of a source there (of kind source), or a redirect that led to one of these.
WITH
chosen AS (
    SELECT capture_id, warc_file, warc_offset, warc_length, found_in, found_at
    FROM main.captures
    WHERE
        source IN (SELECT value FROM arriving WHERE kind = 'source')
        OR (
            kind IN ('article', 'redirect')
            AND (
                url IN (SELECT value FROM arriving WHERE kind = 'url')
                OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
                OR capture_id IN (
                    SELECT capture_id
                    FROM main.article_versions
                    WHERE CAST(article_id AS VARCHAR) IN (SELECT value FROM arriving WHERE kind = 'article')
                )
            )
        )
),
in_order AS (
    -- A segment has the redirects of a fetch just before its answer.
    SELECT
        capture_id,
        kind,
        warc_file,
        warc_offset,
        warc_length,
        found_in,
        found_at,
        first_value(if(kind = 'redirect', NULL, capture_id) IGNORE NULLS) OVER (
            PARTITION BY warc_file
            ORDER BY warc_offset
            ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS answer_id
    FROM main.captures
    WHERE warc_file IN (SELECT warc_file FROM chosen) AND NOT contains(warc_file, '://')
),
hops AS (
    SELECT in_order.capture_id, in_order.warc_file, in_order.warc_offset, in_order.warc_length
    FROM in_order
    JOIN chosen
        ON chosen.capture_id = in_order.answer_id
        AND chosen.found_in = in_order.found_in
        AND chosen.found_at = in_order.found_at
    WHERE in_order.kind = 'redirect'
)
SELECT CAST(capture_id AS VARCHAR) AS capture_id, warc_file, warc_offset, warc_length
FROM chosen
UNION
SELECT CAST(capture_id AS VARCHAR) AS capture_id, warc_file, warc_offset, warc_length
FROM hops;
