-- One row is one term of `arriving` in one language, with the articles that have it; the term '' is all articles, with
-- the language '' those of all languages.
-- `weight` counts articles twice as much as those fetched 28 days before.
SELECT
    arriving.language,
    arriving.term,
    sum(frequencies.weight) AS weight,
    max(frequencies.newest_at) AS newest_at,
    sum(frequencies.articles) AS articles
FROM ops.term_frequencies AS frequencies
JOIN (
    SELECT
        language,
        term,
        if(term = '', 0, (md5_number_lower(term) >> 1)::BIGINT) AS hash
    FROM arriving
) AS arriving ON arriving.hash = frequencies.term AND arriving.language = frequencies.language
GROUP BY arriving.language, arriving.term;
