"""Codes of countries and languages: one spelling, and the nearest right one."""

import pytest

from tasks.pure.sources.iso_names import country_code, language_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gb", "gb"),
        ("GB", "gb"),
        (" Fr ", "fr"),
        ("UK", "gb"),
        ("DEU", "de"),
        ("zz", "zz"),
        ("XK", "xk"),
        ("eu", "eu"),
    ],
)
def test_a_country_in_any_case_has_one_code(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *(("EN-gb", "en-GB"), ("pt_BR", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("UND", "und"), ("eng", "en")),
        *(("no", "no"), ("iw", "he"), ("gsw", "gsw"), ("ES-419", "es-419"), ("xyz", "xyz"), ("sr-latn", "sr-Latn")),
    ],
)
def test_a_language_in_any_case_has_one_tag(text: str, tag: str) -> None:
    assert language_code(text) == tag


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        *(
            ("Germany", "'de' (Germany)"),
            ("Deutschland", "'de' (Germany)"),
            ("England", "'gb'"),
            ("Ukrane", "'ua' (Ukraine)"),
        ),
        *(
            ("England", "'gb'"),
            ("ja", "'jp' (Japan)"),
            ("cs", "'cz' (Czechia)"),
            ("日本", "'jp' (Japan)"),
            ("", "'gb'"),
            ("12", "'gb'"),
        ),
    ],
)
def test_a_wrong_country_is_told_the_nearest_code(text: str, nearest: str) -> None:
    with pytest.raises(ValueError, match=r"no country") as told:
        country_code(text)
    assert nearest in str(told.value)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        *(("english", "'en' (English)"), ("Français", "'fr' (French)"), ("українська", "'uk' (Ukrainian)")),
        *(("ua", "'uk' (Ukrainian)"), ("jp", "'ja' (Japanese)"), ("Portugese", "'pt' (Portuguese)")),
        *(("e", "'en'"), ("en-", "'en'"), ("en-toolongsubtag", "'en'"), ("Latin/Greek", "'en'")),
    ],
)
def test_a_wrong_language_is_told_the_nearest_tag(text: str, nearest: str) -> None:
    with pytest.raises(ValueError, match=r"no language") as told:
        language_code(text)
    assert nearest in str(told.value)
