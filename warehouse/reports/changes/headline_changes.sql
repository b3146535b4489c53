-- One row is one change of one headline, latest first. Words are compared as they are written, each as often as it
-- stands there; where both headlines have the same words in another order, by their places. Where a script has no spaces, each character
-- is a word. A word moved beside other changes is not marked.
--
-- at_utc: The fetch that showed it (UTC).
-- title_before: Headline of version `compared_with`.
-- title_after: Headline of the version.
-- struck: Words that went, in their order.
-- inserted: Words that came, in their order.
-- kind: The weightiest of `kinds`: negation, number, name, other, punctuation.
-- kinds: What changed. negation: a word that denies (in 14 languages) came or went; number: a word with a digit; name: a
--     word with a capital letter inside the headline, in headlines that have words without and are not German;
--     punctuation: signs, spaces and capital letters alone; other: any other word.
-- pieces_before: Words of `title_before` with what follows each up to the next; joined they are the headline.
-- pieces_after: The same of `title_after`.
WITH
negations AS (
    SELECT *
    FROM (
        VALUES
            ('ar', ['لا', 'ليس', 'لم', 'لن', 'غير']),
            ('de', ['nicht', 'kein', 'keine', 'keinen', 'keiner', 'keinem', 'nie', 'niemals', 'ohne', 'niemand', 'nichts']),
            ('en', ['not', 'no', 'never', 'cannot', 'without', 'none', 'nobody', 'nothing', 'nor', 'neither']),
            ('es', ['no', 'nunca', 'jamás', 'sin', 'ningún', 'ninguna', 'nadie', 'nada', 'tampoco']),
            ('fr', ['ne', 'pas', 'jamais', 'sans', 'aucun', 'aucune', 'non', 'rien', 'personne']),
            ('it', ['non', 'mai', 'senza', 'nessun', 'nessuno', 'nessuna', 'niente', 'nulla']),
            ('nl', ['niet', 'geen', 'nooit', 'zonder', 'niemand', 'niets']),
            ('pl', ['nie', 'bez', 'nigdy', 'żaden', 'żadna', 'nikt', 'nic']),
            ('pt', ['não', 'nunca', 'sem', 'jamais', 'nenhum', 'nenhuma', 'ninguém', 'nada']),
            ('ru', ['не', 'нет', 'без', 'никогда', 'никто', 'ничего', 'ни']),
            ('sv', ['inte', 'ej', 'aldrig', 'utan', 'ingen', 'inget', 'inga']),
            ('tr', ['değil', 'yok', 'hiç', 'hiçbir', 'asla']),
            ('uk', ['не', 'ні', 'немає', 'без', 'ніколи', 'ніхто', 'нічого']),
            ('zh', ['不', '没', '未', '无', '無', '沒', '非'])
    ) AS listed(language, words)
),
changed AS (
    SELECT
        after.fetched_at AS at_utc,
        after.source,
        before.title AS title_before,
        after.title AS title_after,
        after.url,
        after.language,
        after.version,
        after.compared_with,
        after.article_id,
        after.capture_id
    FROM (
        SELECT *
        FROM main.article_versions
        WHERE version > 1 AND compared_with IS NOT NULL AND supersedes IS NULL
    ) AS after
    JOIN main.article_versions AS before
        ON before.article_id = after.article_id
        AND before.version = after.compared_with
    WHERE before.title <> after.title
),
cut AS (
    SELECT
        *,
        regexp_extract_all(title_before, '(?:[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)\s*') AS parts_before,
        regexp_extract_all(title_after, '(?:[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)\s*') AS parts_after
    FROM changed
),
worded AS (
    SELECT
        *,
        list_transform(parts_before, lambda part: trim(part)) AS words_before,
        list_transform(parts_after, lambda part: trim(part)) AS words_after,
        list_transform(words_before, lambda word: regexp_replace(lower(word), '[^\p{L}\p{M}\p{N}]+', '', 'g'))
            AS all_bare_before,
        list_transform(words_after, lambda word: regexp_replace(lower(word), '[^\p{L}\p{M}\p{N}]+', '', 'g'))
            AS all_bare_after,
        list_sort(all_bare_before) = list_sort(all_bare_after) AND all_bare_before <> all_bare_after AS is_reordered
    FROM cut
),
marked AS (
    SELECT
        *,
        list_transform(
            parts_before,
            lambda part, place: {
                'text': part,
                'is_struck': CASE
                    WHEN is_reordered THEN all_bare_before[place] <> all_bare_after[place]
                    ELSE len(list_filter(words_before[:place], lambda word: word = words_before[place]))
                        > len(list_filter(words_after, lambda word: word = words_before[place]))
                END
            }
        ) AS pieces_before,
        list_transform(
            parts_after,
            lambda part, place: {
                'text': part,
                'is_inserted': CASE
                    WHEN is_reordered THEN all_bare_before[place] <> all_bare_after[place]
                    ELSE len(list_filter(words_after[:place], lambda word: word = words_after[place]))
                        > len(list_filter(words_before, lambda word: word = words_after[place]))
                END
            }
        ) AS pieces_after
    FROM worded
),
differing AS (
    SELECT
        marked.*,
        list_transform(list_filter(pieces_before, lambda piece: piece.is_struck), lambda piece: trim(piece.text))
            AS struck,
        list_transform(list_filter(pieces_after, lambda piece: piece.is_inserted), lambda piece: trim(piece.text))
            AS inserted,
        -- The first word has a capital letter in any language: it is left out. So are headlines all of whose longer
        -- words have one.
        coalesce(marked.language, '') <> 'de'
        AND len(list_filter(words_before[2:], lambda word: regexp_matches(word, '^\p{Ll}{4}'))) > 0
        AND len(list_filter(words_after[2:], lambda word: regexp_matches(word, '^\p{Ll}{4}'))) > 0
            AS has_capitals_for_names,
        coalesce(negations.words, []) AS negating
    FROM marked
    LEFT JOIN negations ON negations.language = marked.language
),
bare AS (
    SELECT
        *,
        list_filter(
            list_transform(struck, lambda word: regexp_replace(lower(word), '[^\p{L}\p{M}\p{N}]+', '', 'g')),
            lambda word: word <> ''
        ) AS bare_struck,
        list_filter(
            list_transform(inserted, lambda word: regexp_replace(lower(word), '[^\p{L}\p{M}\p{N}]+', '', 'g')),
            lambda word: word <> ''
        ) AS bare_inserted,
        list_concat(
            list_filter(struck, lambda word: word <> words_before[1]),
            list_filter(inserted, lambda word: word <> words_after[1])
        ) AS inner_words
    FROM differing
),
compared AS (
    SELECT
        *,
        -- Words that differ in signs and capital letters alone are no other words.
        list_concat(
            list_filter(bare_struck, lambda word: is_reordered OR NOT list_contains(bare_inserted, word)),
            list_filter(bare_inserted, lambda word: is_reordered OR NOT list_contains(bare_struck, word))
        ) AS other_words
    FROM bare
),
sorted AS (
    SELECT
        *,
        list_filter(
            other_words,
            lambda word: list_contains(negating, word) OR (language = 'en' AND regexp_matches(word, '^(?:is|are|was|were|do|does|did|has|have|had|wo|ca|could|would|should)nt$'))
        ) AS denying,
        list_filter(other_words, lambda word: regexp_matches(word, '\p{N}')) AS numbers,
        list_filter(
            other_words,
            lambda word: has_capitals_for_names
            AND list_contains(
                list_transform(
                    list_filter(inner_words, lambda one: regexp_matches(one, '^[^\p{L}\p{N}]*\p{Lu}')),
                    lambda one: regexp_replace(lower(one), '[^\p{L}\p{M}\p{N}]+', '', 'g')
                ),
                word
            )
        ) AS names
    FROM compared
),
told AS (
    SELECT
        *,
        list_filter(
            [
                CASE WHEN len(denying) > 0 THEN 'negation' END,
                CASE WHEN len(numbers) > 0 THEN 'number' END,
                CASE WHEN len(names) > 0 THEN 'name' END,
                CASE
                    WHEN is_reordered OR len(list_filter(
                        other_words,
                        lambda word: NOT list_contains(list_concat(denying, list_concat(numbers, names)), word)
                    )) > 0 THEN 'other'
                END,
                CASE WHEN len(other_words) = 0 AND NOT is_reordered THEN 'punctuation' END
            ],
            lambda kind: kind IS NOT NULL
        ) AS kinds
    FROM sorted
)
SELECT
    at_utc,
    source,
    title_before,
    title_after,
    struck,
    inserted,
    kinds[1] AS kind,
    kinds,
    pieces_before,
    pieces_after,
    url,
    language,
    version,
    compared_with,
    article_id,
    capture_id
FROM told
ORDER BY at_utc DESC, article_id, version DESC;
