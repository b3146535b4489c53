"""The text decides on its language, and silence is better than a wrong answer."""

import pytest

from tasks.pure.text.languages import detect_language

ENGLISH = "The town council voted on Tuesday evening to rebuild the old ferry terminal after years of argument."
UKRAINIAN = "Міська рада у вівторок погодила відбудову мосту через стару гавань, повідомила пресслужба."


@pytest.mark.parametrize(
    ("text", "hints", "language"),
    [
        (ENGLISH, (), "en"),
        (ENGLISH, ("de", "fr"), "en"),
        (UKRAINIAN, ("ru",), "uk"),
        (
            "서울시는 다음 달부터 한강을 오가는 새 수상버스 노선을 시범 운영한다고 십이일 밝혔다.",
            (),
            "ko",
        ),
        ("東京都は来月から新しい水上バスの路線を試験的に運航すると発表した。", (), "ja"),
        ("أعلنت بلدية المرسى يوم الثلاثاء عن خطة لترميم السوق القديمة في قلب المدينة.", (), "ar"),
        ("OK", ("en",), None),
        ("", ("en",), None),
        ("12345 67890 — 11:30 % 42 000 / 7 / 8 / 9 = 100, 200, 300, 400, 500, 600", ("en",), None),
    ],
)
def test_a_language_is_named_or_left_open(text: str, hints: tuple[str, ...], language: str | None) -> None:
    assert detect_language(text, hints) == language


TABLES = {
    "rows": "\n".join(f"{n} {n * 37} {n * 91:,} {n * 3},{n % 10} %" for n in range(1, 60)),
    "named rows": "\n".join(f"Rang {n} {n * 37} {n * 91}" for n in range(1, 60)),
    "cells": "\n".join(
        f"{name}\n{n * 37}\n{n * 91}" for n, name in enumerate(["Lyon", "Brest", "Metz", "Nice"] * 10)
    ),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("La mairie a publié jeudi les chiffres du scrutin, quartier par quartier.", "fr"),
        ("Die Stadt hat am Donnerstag die Zahlen der Wahl nach Vierteln bekannt gegeben.", "de"),
        ("Miasto opublikowało w czwartek wyniki wyborów w poszczególnych dzielnicach.", "pl"),
        (UKRAINIAN, "uk"),
    ],
)
def test_a_table_of_numbers_below_a_sentence_does_not_hide_its_language(
    sentence: str, language: str, table: str
) -> None:
    assert detect_language(f"{sentence}\n{TABLES[table]}", (language, language)) == language


@pytest.mark.parametrize(
    ("hints", "language"), [(("fr-FR", "fr"), "fr"), (("fr", "de"), "zxx"), (("fr",), "zxx"), ((), "zxx")]
)
def test_a_text_without_words_has_the_language_that_two_hints_agree_on(hints: tuple[str, ...], language: str) -> None:
    assert detect_language("XVI XVII XVIII XIX XX XXI " * 10, hints) == language


def test_a_tie_is_settled_by_a_hint_and_by_nothing_else() -> None:
    undecided = "Президент заявил журналистам о планах на завтра утром."

    assert detect_language(undecided, ()) is None
    assert detect_language(undecided, ("ru-RU",)) == "ru"
    assert detect_language(undecided, ("fr",)) is None
