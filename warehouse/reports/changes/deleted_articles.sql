-- One row is one article that its site deleted (404 or 410 in two runs) and did not restore; latest first.
--
-- gone_at: The second of the runs that found it gone (UTC).
-- title: Headline of the version read last.
-- last_read_at: Last fetch that gave its text (UTC).
-- evidence: What showed that it is gone: the answers of the site.
WITH
last_events AS (
    SELECT
        article_id,
        kind,
        at_utc,
        url,
        evidence
    FROM ops.events
    WHERE kind IN ('deleted', 'restored')
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY at_utc DESC, kind DESC) = 1
)
SELECT
    last_events.at_utc AS gone_at,
    articles.source,
    articles.title,
    articles.published_at,
    articles.fetched_at AS last_read_at,
    last_events.url,
    last_events.evidence,
    last_events.article_id
FROM last_events
JOIN main.articles AS articles ON articles.article_id = last_events.article_id
WHERE last_events.kind = 'deleted'
ORDER BY gone_at DESC, last_events.article_id;
