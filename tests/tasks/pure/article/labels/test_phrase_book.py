"""The phrases that the package brings are whole, and are found in the texts of their languages."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError
from tasks.pure.article.labels.phrase_book import phrase_book, read_phrase_book
from tasks.pure.article.labels.phrase_file import LISTS
from tasks.pure.sources.iso_names import language_code

BOOK = phrase_book()
NAMES = [f"{table}.{name}" for table, names in LISTS.items() for name in names]


def test_there_are_many_languages_and_each_has_a_known_code() -> None:
    assert len(BOOK.languages) >= 30
    assert {language_code(code) for code in BOOK.languages} == BOOK.languages


@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_every_kind(name: str) -> None:
    assert {one.language for one in BOOK.of(name)} == BOOK.languages


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("paywall.texts", "Dieser Artikel ist nur für Abonnentinnen und Abonnenten lesbar.", "de"),
        ("paywall.texts", "Cet article est réservé à nos abonnés.", "fr"),
        ("paywall.texts", "この記事は会員限定です。", "ja"),
        ("consent.texts", "Wir und unsere 214 Partner verwenden Cookies", "de"),
        ("soft_404.texts", "Така сторінка вже не існує", "uk"),
        ("challenge.texts", "Doğrulayın: robot olmadığınızı kanıtlayın", "tr"),
        ("liveblog.titles", "Relacja na żywo: wybory", "pl"),
        ("teaser.whole_links", "Läs hela artikeln här", "sv"),
    ],
)
def test_a_phrase_is_found_with_its_language(name: str, text: str, language: str) -> None:
    assert language in {one.language for one in BOOK.every(name, text)}


def test_a_fault_in_a_folder_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text("[paywall\n", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"^xx\.toml:1: the file is no TOML: "):
        read_phrase_book(tmp_path)
