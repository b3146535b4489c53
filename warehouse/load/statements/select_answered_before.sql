-- One row is one capture of `arriving` whose URL gave an article before: that article, and the
-- final URL after redirects at that time.
SELECT
    arriving.capture_id,
    outcomes.article_id,
    outcomes.version,
    before.final_url AS final_url_before
FROM arriving
JOIN main.captures AS before
    ON before.source = arriving.source
    AND before.url = arriving.url
    AND before.fetched_at < arriving.fetched_at
JOIN ops.outcomes AS outcomes ON outcomes.capture_id = before.capture_id AND outcomes.article_id IS NOT NULL
WHERE before.status = 200
QUALIFY row_number() OVER (PARTITION BY arriving.capture_id ORDER BY before.fetched_at DESC) = 1;
