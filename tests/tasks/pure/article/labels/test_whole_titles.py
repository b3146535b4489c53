"""A title is one of an error or challenge page as a whole, beside the outlet's name at most."""

import pytest

from tasks.pure.article.labels.whole_titles import whole_title


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("soft_404.titles", "404 | The Courier"),
        ("soft_404.titles", "Fehler 404: Seite nicht gefunden"),
        ("soft_404.titles", "Hoppsan! Sidan hittades inte"),
        ("soft_404.titles", "お探しのページは見つかりませんでした | 港新聞"),
        ("soft_404.titles", "Az oldal nem található"),
        ("soft_404.titles", "Aradığınız sayfa bulunamadı"),
        ("challenge.titles", "Jeszcze chwila… | Kurier"),
        ("challenge.titles", "Подождите, пожалуйста"),
        ("login.titles", "Kirjaudu sisään"),
        ("consent.titles", "Vi bruker informasjonskapsler"),
    ],
)
def test_a_whole_title_is_told(name: str, head: str) -> None:
    assert whole_title(name, (head,))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("soft_404.titles", "404 new cases of flu"),
        ("soft_404.titles", "Page not found: the library that mislaid a manuscript"),
        ("soft_404.titles", "Sidan hittades inte i arkivet efter branden"),
        ("challenge.titles", "Un momento di gloria per la squadra"),
        ("consent.titles", "Cookie settings must be as simple as consent, court says"),
        ("login.titles", "Anmeldung zum Marathon beginnt am Montag"),
    ],
)
def test_a_headline_with_its_words_is_none(name: str, head: str) -> None:
    assert whole_title(name, (head,)) is None


def test_the_evidence_has_the_title_and_the_language() -> None:
    assert whole_title("soft_404.titles", ("Goat", "Nie znaleziono strony")) == "title: 'Nie znaleziono strony' (pl)"
