"""The table of words that tell what a name is."""

import tomllib
from importlib.resources import files

import pytest

from tasks.pure.stories.mentions import signs as module
from tasks.pure.stories.mentions.gazetteer import gazetteer
from tasks.pure.stories.mentions.signs import NameSigns, signs

TABLE = tomllib.loads(files(module.__package__).joinpath("signs.toml").read_text(encoding="utf-8"))


def test_every_language_of_the_table_reads_well_and_names_known_places() -> None:
    english = {entry.name for entry in gazetteer("en").known.values()}

    for language in TABLE:
        assert {name.casefold() for name in signs(language).places.values()} <= english, language
    assert len(TABLE) >= 15


def test_a_language_that_the_table_lacks_has_no_signs() -> None:
    assert signs("xx") == NameSigns()


def test_a_key_that_means_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_table", lambda: {"xy": {"titels": ["mr"]}})

    with pytest.raises(ValueError, match=r"signs.toml: \[xy\] has no key 'titels'"):
        signs("xy")
