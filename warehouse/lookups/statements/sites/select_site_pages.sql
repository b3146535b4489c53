-- One row is one article's latest page, of the latest `pages` of each of `sources` seen before `before`, oldest first;
-- the last pages of the batch `behind` are ignored.
WITH latest AS (
    SELECT *
    FROM ops.site_blocks
    WHERE
        list_contains($sources, source)
        AND seen_at < $before
        AND coalesce(late_in <> CAST($behind AS UUID), TRUE)
    QUALIFY row_number() OVER (PARTITION BY source, article_id ORDER BY seen_at DESC, capture_id DESC) = 1
)

SELECT *
FROM latest
QUALIFY row_number() OVER (PARTITION BY source ORDER BY seen_at DESC, capture_id DESC) <= $pages
ORDER BY source, seen_at, capture_id;
