-- One row is one article and another, of whose story a person said that it is not, the first time.
SELECT DISTINCT ON (article_id, other_article_id)
    article_id,
    other_article_id,
    why,
    run_id,
    at_utc
FROM ops.story_separations
ORDER BY article_id, other_article_id, at_utc;
