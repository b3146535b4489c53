-- One row is one source and its state, those that need somebody first.
SELECT
    source,
    health,
    health_since,
    health_evidence,
    last_article_ok_at,
    feeds_ok,
    feeds_failing,
    failing,
    articles,
    articles_24h,
    articles_7d,
    articles_7d_before,
    next_poll_at
FROM reports.source_health
ORDER BY list_position(['failing', 'silent', 'degraded'], health) NULLS LAST, source;
