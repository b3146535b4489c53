"""What a page says beside its article is told from the article by its words."""

import pytest

from schemas.items.site_page import Removal
from tasks.pure.body.paragraph_rules import Setting, is_furniture, is_head_line, keep_article

SETTING = Setting("Ferry terminal to be rebuilt", "A narrow vote ends the argument.", ("Ada Winter",))
BODY = [
    f"Sentence number {number} of the article is long enough to be a paragraph of its own." for number in range(9)
]


@pytest.mark.parametrize(
    "line",
    [
        "Ferry terminal to be rebuilt",
        "FERRY TERMINAL TO BE REBUILT!",
        "A narrow vote ends the argument.",
        "Islands and harbours:Ferry terminal to be rebuilt",
        "By Ada Winter",
        "Ada Winter, Political Reporter",
        "Published 12 May 2026, 20:15",
        "Veröffentlicht: 12.05.2026",
        "12 May 2026 20:15",
        "Опубліковано 12.05.2026",
    ],
)
def test_a_line_of_the_head_is_not_text(line: str) -> None:
    assert is_head_line(line, SETTING)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("FERRY TERMINAL TO BE REBUILT!", "headline"),
        ("A narrow vote ends the argument.", "standfirst"),
        ("By Ada Winter", "byline"),
        ("Published 12 May 2026, 20:15", "date"),
    ],
)
def test_a_removed_line_of_the_head_is_noted_with_the_part_that_it_repeats(line: str, part: str) -> None:
    removals: list[Removal] = []

    assert keep_article([line, *BODY], SETTING, removals) == BODY
    assert removals == [Removal(rule=f"removed by paragraph rules: it repeats the {part}", text=line)]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter was elected mayor on Tuesday.",
        "The terminal is to be rebuilt by 2028.",
        "Published authors met in the town hall.",
        "World Cup 2026",
        "Rechnung für 2025",
    ],
)
def test_a_sentence_that_looks_like_a_head_line_is_text(line: str) -> None:
    assert not is_head_line(line, SETTING)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Pilots on strike",
        "Lesen Sie auch: Die Lotsen streiken",
        "À lire aussi : Les pilotes en grève",
        "Читайте також: Лоцмани страйкують",
        "Lea también: Los pilotos en huelga",
        "Leggi anche: I piloti in sciopero",
        "اقرأ أيضا: إضراب المرشدين",
        "관련기사: 도선사 파업",
        "Related articles",
        "Advertisement",
        "Tags:",
        "Sign up for our newsletter and get the news in your inbox",
        "Підписуйтесь на наш канал",
        "Photo: M. Reed / Courier",
        "The old terminal in April (Foto: dpa)",
        "© Courier 2026",
        "4 Minuten Lesezeit",
        "Temps de lecture : 3 min",
        "Il vous reste 48% de cet article à lire. La suite est réservée aux abonnés.",
        "Tu suscripción se está usando en otro dispositivo",
        "Wie hat Ihnen dieser Artikel gefallen?",
        "この記事は会員限定です。",
        "港のニュースをフォローする",
        "おすすめ情報",
        "分享让更多人看到",
        "客户端下载",
    ],
)
def test_furniture_is_known_by_its_words(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Credit Suisse was taken over by its rival in a weekend.",
        "The parish newsletter first reported the find in June.",
        "“Sign up for our newsletter,” the page told him again and again.",
        "Related charges were dropped by the court on Monday.",
        "Zum Thema Verkehr sagte der Bürgermeister nichts.",
        "More about the plan is to be known in June, she said.",
        "Photographs of the harbour hang in the hall.",
        "Topics ranged from fish to fees.",
        "Das Buch hat eine Lesezeit von drei Tagen.",
        "Der Artikel im Grundgesetz hat Ihnen gefallen, sagte sie.",
        "新しい店では会員登録が要る。",
        "更多人关注港口的未来。",
    ],
)
def test_a_sentence_with_such_words_is_text(line: str) -> None:
    assert not is_furniture(line)


def test_the_bio_below_the_text_goes() -> None:
    assert keep_article([*BODY, "Ada Winter is a reporter at the Courier."], SETTING) == BODY


def test_the_author_within_the_text_stays() -> None:
    told = "Ada Winter is a reporter at the Courier, and this is what happened to her."

    assert told in keep_article([*BODY[:2], told, *BODY[2:]], SETTING)


def test_a_text_extracted_twice_is_kept_once() -> None:
    assert keep_article(BODY + BODY, SETTING) == BODY


def test_a_refrain_stays() -> None:
    refrain = "And the sea, as it had done every year before, took the road away again in a single night."
    song = [refrain, *BODY[:3], refrain, *BODY[3:], refrain]

    assert keep_article(song, SETTING) == song


def test_rules_that_would_take_most_of_the_text_are_not_believed() -> None:
    calls = [f"Subscribe to our channel number {number} now" for number in range(9)]

    assert keep_article([*calls, "One line."], SETTING) == [*calls, "One line."]


def test_a_break_between_two_sections_stays_and_no_other_line_without_letters_does() -> None:
    assert keep_article([*BODY[:3], "___", "|", *BODY[3:6], "* * *", "–", *BODY[6:], "___"], SETTING) == [
        *BODY[:3],
        "___",
        *BODY[3:6],
        "* * *",
        *BODY[6:],
    ]


@pytest.mark.parametrize(
    "note",
    [
        "This article was first published by the Estuary Post.",
        "This article was amended on 12 May to correct the name of the quay.",
    ],
)
def test_what_an_article_says_of_its_own_origin_or_correction_is_text(note: str) -> None:
    assert keep_article([*BODY, note], SETTING) == [*BODY, note]


@pytest.mark.parametrize("line", ["12 May 2026 20:15", "Courier May 12, 2026", "Published 12 May 2026"])
def test_a_date_below_the_text_is_not_text(line: str) -> None:
    assert keep_article([*BODY, line], SETTING) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to Courier Plus to keep this article",
        "Listen to Harbour Radio live at 12:45",
        "Follow the Courier's full coverage of the vote",
        "Explore further",
        "Courier writers Ada Winter and Tom Okoro contributed to this report.",
        "With files from the Harbour Press",
        "Mit Agenturmaterial.",
    ],
)
def test_a_last_line_that_calls_or_credits_goes_and_the_same_higher_up_stays(line: str) -> None:
    assert keep_article([*BODY, line], SETTING) == BODY
    assert keep_article([line, *BODY], SETTING) == [line, *BODY]


@pytest.mark.parametrize("line", ["Follow the river for a mile.", "Her brother contributed to this success."])
def test_a_last_sentence_with_such_words_stays(line: str) -> None:
    assert keep_article([*BODY, line], SETTING) == [*BODY, line]


@pytest.mark.parametrize(
    "row",
    [
        "Send to a friend | Print | Share",
        "Share Tweet Email",
        "An einen Freund senden · Drucken · Teilen",
        "Imprimer | Partager | Envoyer à un ami",
        "Diesen Artikel teilen",
        "Comparte este artículo",
    ],
)
def test_a_row_of_what_readers_can_do_with_the_page_is_furniture(row: str) -> None:
    assert is_furniture(row)


@pytest.mark.parametrize("line", ["Share prices fall", "Er will den Artikel versenden.", "Print and be damned"])
def test_a_line_that_speaks_of_such_things_is_not(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "cut", ["Der Rat hat beschlossen, den alten Fährhafen neu zu", "Der Rat hat beschlossen, den alten Fähr…"]
)
def test_a_paragraph_that_is_the_beginning_of_the_next_goes(cut: str) -> None:
    whole = "Der Rat hat beschlossen, den alten Fährhafen neu zu bauen, und zwar noch in diesem Jahr."

    assert keep_article([cut, whole], SETTING) == [whole]
