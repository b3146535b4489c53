-- One row: how many rows of term frequencies and of story states say no more than others do.
SELECT
    (SELECT count(*) FROM ops.term_frequencies)
    - (SELECT count(*) FROM (SELECT DISTINCT language, term FROM ops.term_frequencies)) AS frequencies,
    (SELECT count(*) - count(DISTINCT story_id) FROM ops.story_states) AS states;
