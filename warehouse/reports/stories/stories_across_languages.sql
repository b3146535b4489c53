-- One row is two stories in two languages that tell of the same event, the latest first. They are linked and stay two
-- stories; times are UTC.
--
-- headline: Headline of the story.
-- language: Its language.
-- outlets: Its sources with a text of their own.
-- other_headline: Headline of the story in the other language.
-- other_language: Its language.
-- other_outlets: Its sources with a text of their own.
-- strength: 1 where they share an image or a link to another site, else the cosine of their terms in Latin letters.
-- evidence: What they have in common: images, links, and the beginnings of names, numbers and other words.
-- last_at: Publication (else fetch) of the last article of either (UTC).
-- story_id: The story.
-- other_story_id: The story in the other language.
SELECT
    its.headline,
    links.language,
    its.outlets,
    others.headline AS other_headline,
    links.other_language,
    others.outlets AS other_outlets,
    links.strength,
    list_transform(links.evidence, lambda one: one.what) AS evidence,
    greatest(its.last_at, others.last_at) AS last_at,
    links.story_id,
    links.other_story_id
FROM main.story_links AS links
JOIN main.stories AS its ON its.story_id = links.story_id
JOIN main.stories AS others ON others.story_id = links.other_story_id
WHERE links.language < links.other_language
ORDER BY last_at DESC, links.strength DESC, links.story_id, links.other_story_id;
