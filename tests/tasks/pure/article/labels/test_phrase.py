"""A phrase finds the texts that its signs stand for, and no others."""

import pytest

from tasks.pure.article.labels.phrase import fold, read_phrase


def found(phrase: str, text: str) -> str | None:
    return read_phrase(phrase, "en").search(text, fold(text))


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("page not found", "Oh, Page  not\nfound here", "Page  not\nfound"),
        ("page [was] not found", "page was not found", "page was not found"),
        ("page [was] not found", "page not found", "page not found"),
        ("[the|this] page is gone", "this page is gone", "this page is gone"),
        ("{page|story} not found", "story not found", "story not found"),
        ("suscríb{ete|ase} para leer", "Suscríbase para leer", "Suscríbase para leer"),
        ("für abonnent*", "nur für Abonnentinnen", "für Abonnentinnen"),
        ("*nızı doğrulayın", "olduğunuzu, kimliğinızı doğrulayın", "kimliğinızı doğrulayın"),
        ("log in * read", "log in now to read", "log in now to read"),
        ("reste # % de", "reste 70,5 % de", "reste 70,5 % de"),
        ("we can't find", "We can’t find", "We can’t find"),
        ("log-in", "log‑in", "log‑in"),
        ("one moment please", "One moment, please", "One moment, please"),
        ("bağlantı hatalı", "BAĞLANTI HATALI", "BAĞLANTI HATALI"),
        ("会员专享", "本文会员专享内容", "会员专享"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str, words: str) -> None:
    assert found(phrase, text) == words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("page not found", "page found"),
        ("error", "terrors of the night"),
        ("gone", "gonesse"),
        ("log in * read", "log in. We all read"),
        ("{page|story} not found", "not found"),
        ("abonn*", "unabonniert"),
        ("log in to read", "log into read"),
        ("page gone *", "the pagegone by"),
    ],
)
def test_other_words_are_no_phrase(phrase: str, text: str) -> None:
    assert found(phrase, text) is None


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("page [was not found", "has a '[' that is not closed by ']'"),
        ("page {a|b] not found", "has a '{' that is not closed by '}'"),
        ("page] not found", "has a ']' that nothing opens"),
        ("[page]", "may be left out as a whole: one word at least must stand outside of []"),
        ("{page|}", "may be left out as a whole: one word at least must stand outside of []"),
        ("…", "has no letters"),
    ],
)
def test_a_wrong_phrase_is_told(phrase: str, fault: str) -> None:
    with pytest.raises(ValueError) as told:
        read_phrase(phrase, "en")

    assert str(told.value) == fault
