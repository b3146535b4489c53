-- One row is one story, those of most outlets first; every 12 hours since its last article halve its weight in this
-- order. `outlets` are sources with a text of their own; times are UTC.
--
-- headline: Title of the article that is likest to the others.
-- outlets: Sources with a text of their own: a copy of another text counts for none.
-- articles: Its articles, copies included.
-- language: Language of its articles; NULL: not known.
-- first_seen_at: First fetch of any of its articles (UTC).
-- first_at: Publication (else fetch) of its first article (UTC).
-- last_at: Publication (else fetch) of its last article (UTC).
-- sources: Slugs of the sources of its articles, copies included.
-- story_id: The story; it stays while the story grows.
SELECT
    headline,
    outlets,
    articles,
    language,
    first_seen_at,
    first_at,
    last_at,
    sources,
    story_id
FROM main.stories
ORDER BY outlets * pow(0.5, greatest(0, epoch(now() - last_at)) / 43200) DESC, last_at DESC, story_id;
