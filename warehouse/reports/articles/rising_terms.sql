-- One row is one word that headlines of one day have more often than usual. The days are the last 7 up to the newest day
-- with articles; usual is the share of headlines with the word in the 28 days before the day. Copies of other texts are
-- left out; a word counts once a headline, and is told from three headlines of two sources on. Newest day first, then
-- the highest score. Scripts without spaces between words give only what stands alone.
--
-- day: The day (UTC) of publication, else of first fetch.
-- language: ISO 639 code of the headlines; NULL: not known.
-- term: The word, in lower case.
-- texts: Headlines of the day and language with the word.
-- sources: Sources of these headlines.
-- share: Share of the headlines of the day and language, 0 to 1.
-- share_before: Share of the headlines of the language in the 28 days before, 0 to 1.
-- ratio: `texts` over what `share_before` would give, each plus 1: 1 is as usual.
-- score: How far above that, in its spread: (texts - expected) / sqrt(expected + 1).
-- headline: The first of these headlines.
-- url: URL of its article.
-- article_id: Its article.
WITH
headlines AS MATERIALIZED (
    SELECT
        article_id,
        source,
        url,
        title,
        language,
        dated_at,
        (dated_at AT TIME ZONE 'UTC')::DATE AS day
    FROM main.articles
    WHERE duplicate_of IS NULL AND dated_at <= current_timestamp
    QUALIFY day > max(day) OVER () - 35
),
newest AS (
    SELECT max(day) AS day
    FROM headlines
),
texts AS (
    SELECT
        language,
        day,
        count(*) AS texts
    FROM headlines
    GROUP BY language, day
),
words AS (
    SELECT
        article_id,
        source,
        language,
        day,
        dated_at,
        unnest(list_distinct(regexp_extract_all(lower(title), '[\p{L}\p{N}][\p{L}\p{M}\p{N}]+(?:[''’.-][\p{L}\p{N}]+)*')))
            AS term
    FROM headlines
),
counted AS (
    SELECT
        language,
        term,
        day,
        count(*) AS texts,
        count(DISTINCT source) AS sources,
        arg_min(article_id, (dated_at, article_id)) AS article_id
    FROM words
    GROUP BY language, term, day
),
risen AS (
    SELECT *
    FROM counted
    WHERE
        texts >= 3
        AND sources >= 2
        AND day > (SELECT day FROM newest) - 7
        AND regexp_matches(term, '\p{L}')
),
compared AS (
    SELECT
        risen.day,
        risen.language,
        risen.term,
        any_value(risen.texts) AS texts,
        any_value(risen.sources) AS sources,
        any_value(risen.article_id) AS article_id,
        coalesce(sum(before.texts), 0) AS texts_before
    FROM risen
    LEFT JOIN counted AS before
        ON before.term = risen.term
        AND before.language IS NOT DISTINCT FROM risen.language
        AND before.day BETWEEN risen.day - 28 AND risen.day - 1
    GROUP BY risen.day, risen.language, risen.term
),
all_before AS (
    SELECT
        texts.day,
        texts.language,
        any_value(texts.texts) AS all_texts,
        sum(before.texts) AS all_texts_before
    FROM texts
    JOIN texts AS before
        ON before.language IS NOT DISTINCT FROM texts.language
        AND before.day BETWEEN texts.day - 28 AND texts.day - 1
    GROUP BY texts.day, texts.language
),
scored AS (
    SELECT
        compared.day,
        compared.language,
        compared.term,
        compared.texts,
        compared.sources,
        compared.texts / all_before.all_texts AS share,
        compared.texts_before / all_before.all_texts_before AS share_before,
        share_before * all_before.all_texts AS expected,
        (compared.texts + 1) / (expected + 1) AS ratio,
        (compared.texts - expected) / sqrt(expected + 1) AS score,
        compared.article_id
    FROM compared
    JOIN all_before
        ON all_before.day = compared.day AND all_before.language IS NOT DISTINCT FROM compared.language
)
SELECT
    scored.day,
    scored.language,
    scored.term,
    scored.texts,
    scored.sources,
    scored.share,
    scored.share_before,
    scored.ratio,
    scored.score,
    headlines.title AS headline,
    headlines.url,
    scored.article_id
FROM scored
JOIN headlines ON headlines.article_id = scored.article_id
WHERE scored.ratio >= 2
ORDER BY scored.day DESC, scored.score DESC, scored.term, scored.language;
