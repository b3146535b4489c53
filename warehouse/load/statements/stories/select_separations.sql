-- One row is one article and another, of whose story a person said that it is not.
SELECT
    article_id,
    other_article_id
FROM ops.story_separations;
