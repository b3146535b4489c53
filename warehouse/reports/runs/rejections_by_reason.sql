-- One row is one reason why URLs of one source, of one kind, gave nothing at one stage; most frequent first.
--
-- kind: What the URLs were asked for: article, feed …
-- stage: The stage at which they ended.
-- reason: Why they gave nothing.
-- urls: How often.
-- urls_24h: How often in the last 24 hours.
-- urls_7d: How often in the last 7 days.
-- last_at: The last time (UTC).
-- last_url: The last URL.
-- last_detail: Particulars of the last URL that has any; NULL: none has.
SELECT
    source,
    kind,
    stage,
    reason,
    count(*) AS urls,
    count(*) FILTER (at_utc > current_timestamp - INTERVAL 24 HOURS) AS urls_24h,
    count(*) FILTER (at_utc > current_timestamp - INTERVAL 7 DAYS) AS urls_7d,
    max(at_utc) AS last_at,
    arg_max(url, at_utc) AS last_url,
    arg_max_null(detail, at_utc) AS last_detail
FROM ops.outcomes
WHERE reason NOT IN ('ok', 'not_modified', 'loaded', 'unchanged', 'reverted', 'duplicate', 'not_due')
GROUP BY source, kind, stage, reason
ORDER BY urls DESC, source, kind, stage, reason;
