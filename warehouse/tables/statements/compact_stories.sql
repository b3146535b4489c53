-- Sums the rows of each term, and deletes the states of stories that a later one replaces.
CREATE OR REPLACE TEMP TABLE summed_frequencies AS
SELECT
    language,
    term,
    fsum(weight) AS weight,
    max(newest_at) AS newest_at,
    sum(articles)::BIGINT AS articles
FROM ops.term_frequencies
GROUP BY language, term;

DELETE FROM ops.term_frequencies;

INSERT INTO ops.term_frequencies BY NAME
FROM summed_frequencies;

DROP TABLE summed_frequencies;

DELETE FROM ops.story_states
WHERE EXISTS (
    FROM ops.story_states AS later
    WHERE later.story_id = story_states.story_id AND later.step > story_states.step
);
