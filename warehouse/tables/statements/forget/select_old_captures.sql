-- One row is one capture of a feed, a sitemap, a section, a robots.txt or a hub that was fetched before $before, at the
-- source $source (NULL: at any), and its place.
SELECT
    CAST(capture_id AS VARCHAR) AS capture_id,
    warc_file,
    warc_offset,
    warc_length
FROM main.captures
WHERE
    kind NOT IN ('article', 'redirect')
    AND fetched_at < $before
    AND ($source IS NULL OR source = $source);
