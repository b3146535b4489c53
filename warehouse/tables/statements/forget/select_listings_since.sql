-- One row is one capture of a feed, a sitemap or a section that may list a page of `arriving` (of kind url): of a
-- source that met the page, and fetched no earlier than an hour before the page was first met.
WITH
met AS (
    SELECT source, min(found_at) AS first_at
    FROM main.captures
    WHERE
        url IN (SELECT value FROM arriving WHERE kind = 'url')
        OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
    GROUP BY source
    UNION ALL
    SELECT source, min(at_utc) AS first_at
    FROM ops.outcomes
    WHERE
        url IN (SELECT value FROM arriving WHERE kind = 'url')
        OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
    GROUP BY source
),
sources AS (
    SELECT source, min(first_at) - INTERVAL 1 HOUR AS first_at
    FROM met
    GROUP BY source
)
SELECT
    CAST(captures.capture_id AS VARCHAR) AS capture_id,
    captures.warc_file,
    captures.warc_offset,
    captures.warc_length,
    captures.warc_digest,
    captures.charset
FROM main.captures AS captures
JOIN sources ON sources.source = captures.source AND captures.fetched_at >= sources.first_at
WHERE captures.kind IN ('feed', 'sitemap', 'section') AND captures.body_bytes > 0
ORDER BY captures.warc_file, captures.warc_offset;
