-- One row is one story in another language that is linked with the story, strongest first.
SELECT
    stories.story_id,
    links.other_language AS language,
    stories.headline,
    stories.outlets,
    links.strength,
    links.evidence
FROM main.story_links AS links
JOIN main.stories AS stories ON stories.story_id = links.other_story_id
WHERE links.story_id = $story_id
ORDER BY links.strength DESC, stories.story_id;
