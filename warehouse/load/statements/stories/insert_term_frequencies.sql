-- Adds what the terms of `arriving` grew by; one row is returned, the number of rows.
INSERT INTO ops.term_frequencies BY NAME
SELECT
    language,
    if(term = '', 0, (md5_number_lower(term) >> 1)::BIGINT) AS term,
    weight,
    newest_at,
    articles
FROM arriving;
