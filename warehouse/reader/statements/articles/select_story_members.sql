-- One row is one article of the story, oldest publication (else fetch) first.
SELECT
    its.article_id,
    articles.title,
    articles.source,
    articles.url,
    coalesce(articles.published_at, articles.fetched_at) AS at_utc,
    if(its.is_copy, articles.duplicate_of, NULL) AS duplicate_of,
    its.cosine,
    events.shared
FROM main.story_articles AS its
JOIN main.articles AS articles ON articles.article_id = its.article_id
LEFT JOIN ops.story_events AS events ON events.step = its.step AND NOT its.is_copy
WHERE its.story_id = $story_id
ORDER BY at_utc, its.article_id;
