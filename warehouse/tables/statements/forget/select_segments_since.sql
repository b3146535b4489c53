-- One row is one segment of our own archive with captures of a source that met a page of `arriving` (of kind url),
-- fetched no earlier than an hour before the page was first met: other pages of the source may name it.
WITH
met AS (
    SELECT source, found_at AS at_utc
    FROM main.captures
    WHERE
        url IN (SELECT value FROM arriving WHERE kind = 'url')
        OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
    UNION ALL
    SELECT source, at_utc
    FROM ops.outcomes
    WHERE
        url IN (SELECT value FROM arriving WHERE kind = 'url')
        OR canonical_form IN (SELECT value FROM arriving WHERE kind = 'url')
),
sources AS (
    SELECT source, min(at_utc) - INTERVAL 1 HOUR AS first_at
    FROM met
    GROUP BY source
)
SELECT DISTINCT captures.warc_file
FROM main.captures AS captures
JOIN sources ON sources.source = captures.source AND captures.fetched_at >= sources.first_at
WHERE NOT contains(captures.warc_file, '://');
