-- One row is one of `arriving` and a story in another language within $open_for of it, with the terms in Latin letters
-- that both have, if the cosine by these is at least $strength and they are at least $shared.
WITH
latest AS MATERIALIZED (
    SELECT
        story_id,
        language,
        first_at,
        last_at,
        latin_terms,
        latin_weights
    FROM ops.story_states
    WHERE last_at >= $first AND first_at <= $last
    QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY step DESC) = 1
),
weights AS MATERIALIZED (
    SELECT
        * EXCLUDE (latin_terms, latin_weights),
        unnest(latin_terms) AS term,
        unnest(latin_weights) AS weight
    FROM latest
),
pairs AS (
    SELECT DISTINCT
        least(its.story_id, others.story_id) AS story_id,
        greatest(its.story_id, others.story_id) AS other_story_id,
        if(its.story_id < others.story_id, its.language, others.language) AS language,
        if(its.story_id < others.story_id, others.language, its.language) AS other_language,
        its.term,
        its.weight * others.weight AS product
    FROM weights AS its
    SEMI JOIN arriving ON arriving.article_id = its.story_id
    JOIN weights AS others
        ON others.term = its.term
        AND others.language <> its.language
        AND others.first_at <= its.last_at + $open_for
        AND others.last_at >= its.first_at - $open_for
)
SELECT
    story_id,
    other_story_id,
    language,
    other_language,
    list(term ORDER BY product DESC, term) AS terms,
    list(product ORDER BY product DESC, term) AS products
FROM pairs
GROUP BY story_id, other_story_id, language, other_language
HAVING count(*) >= $shared AND round(sum(product), 6) >= $strength
ORDER BY story_id, other_story_id;
