"""Where the settings file is looked for, what it says, and what is wrong with it."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError
from schemas.settings import Settings
from tasks.machine.settings_file import read_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def configured(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "newsdesk.toml").write_text(text, encoding="utf-8")


def test_the_file_of_the_current_folder_is_read(here: Path) -> None:
    configured(here, 'contact = "desk@paper.example"\nfetch_threads = 3\nhonour_policies = ["noai", "noindex"]\n')
    settings = read_settings({})
    assert (settings.contact, settings.fetch_threads) == ("desk@paper.example", 3)
    assert settings.honour_policies == ("noai", "noindex")


def test_without_a_file_in_the_current_folder_the_users_is_read(tmp_path: Path) -> None:
    configured(tmp_path / ".config" / "newsdesk", "fetch_threads = 5\n")
    assert read_settings({"HOME": str(tmp_path)}).fetch_threads == 5


def test_xdg_config_home_moves_the_users_file(tmp_path: Path) -> None:
    configured(tmp_path / "etc" / "newsdesk", "fetch_threads = 6\n")
    configured(tmp_path / ".config" / "newsdesk", "fetch_threads = 5\n")
    assert read_settings({"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "etc")}).fetch_threads == 6


def test_files_are_not_merged_the_nearest_is_read_alone(here: Path, tmp_path: Path) -> None:
    configured(here, "chunk_bytes = 9\n")
    configured(tmp_path / ".config" / "newsdesk", "fetch_threads = 5\n")
    settings = read_settings({"HOME": str(tmp_path)})
    assert (settings.chunk_bytes, settings.fetch_threads) == (9, Settings().fetch_threads)


def test_a_variable_names_another_file_or_none(here: Path, tmp_path: Path) -> None:
    configured(here, "fetch_threads = 3\n")
    (tmp_path / "mine.toml").write_text("fetch_threads = 4\n")
    assert read_settings({"NEWSDESK_SETTINGS": str(tmp_path / "mine.toml")}).fetch_threads == 4
    assert read_settings({"NEWSDESK_SETTINGS": ""}).fetch_threads == Settings().fetch_threads


def test_the_environment_wins_even_where_it_is_empty(here: Path) -> None:
    configured(here, 'contact = "desk@paper.example"\nfetch_threads = 3\n')
    settings = read_settings({"NEWSDESK_CONTACT": "", "NEWSDESK_FETCH_THREADS": "7"})
    assert (settings.contact, settings.fetch_threads) == ("", 7)


def test_relative_paths_begin_at_the_folder_of_the_file(tmp_path: Path) -> None:
    configured(tmp_path / "desk", 'home = "var"\nsources = "outlets"\narchive = "s3://bucket/news"\n')
    settings = read_settings({"NEWSDESK_SETTINGS": str(tmp_path / "desk" / "newsdesk.toml")})
    assert (settings.home, settings.sources) == (tmp_path / "desk" / "var", tmp_path / "desk" / "outlets")
    assert settings.archive == "s3://bucket/news"


def test_a_tilde_is_the_home_of_the_user(here: Path) -> None:
    configured(here, 'home = "~/news"\n')
    assert read_settings({}).home == Path.home() / "news"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\nfetch_thread = 3\n", "newsdesk.toml:2: unknown key 'fetch_thread'; did you mean 'fetch_threads'?"),
        ("NEWSDESK_HOME = 'x'\n", "newsdesk.toml:1: unknown key 'NEWSDESK_HOME'; did you mean 'home'?"),
        ("Contact = 'x'\n", "newsdesk.toml:1: unknown key 'Contact'; did you mean 'contact'?"),
        ("[contacts]\nhome = 1\n", "newsdesk.toml:1: unknown key 'contacts'; did you mean 'contact'?"),
        ("# pace\npace_floor_s = -1\n", "newsdesk.toml:2: pace_floor_s = -1: "),
        (
            "proxy = 'socks5://p.example:1'\n",
            "newsdesk.toml:1: proxy = 'socks5://p.example:1': must be",
        ),
        ("proxy = 'p.example:3128'\n", "newsdesk.toml:1: proxy = 'p.example:3128': must be an http:// URL"),
        ("log = 'xml'\n", "newsdesk.toml:1: log = 'xml': "),
        (
            "time_zone = 'Berlin'\n",
            "newsdesk.toml:1: time_zone = 'Berlin': no time zone named 'Berlin'; did you mean",
        ),
        ("home = var\n", "cannot read the settings file 'newsdesk.toml': Invalid value (at line 1, column 8)"),
        ("home = 'a'\nhome = 'b'\n", "cannot read the settings file 'newsdesk.toml': Cannot overwrite a value"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(here: Path, text: str, told: str) -> None:
    configured(here, text)
    with pytest.raises(SettingsError) as error:
        read_settings({})
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)


def test_a_file_that_is_named_and_missing_is_told() -> None:
    with pytest.raises(SettingsError, match=r"cannot read the settings file 'gone.toml': No such file"):
        read_settings({"NEWSDESK_SETTINGS": "gone.toml"})


def test_a_wrong_variable_is_named_as_a_variable_beside_a_right_file(here: Path) -> None:
    configured(here, "fetch_threads = 3\n")
    with pytest.raises(SettingsError, match=r"^NEWSDESK_FETCH_THREADS = 'many': "):
        read_settings({"NEWSDESK_FETCH_THREADS": "many"})


@pytest.mark.parametrize(("city", "zone"), [("berlin", "Europe/Berlin"), ("New York", "America/New_York")])
def test_a_city_is_answered_with_its_time_zone(city: str, zone: str) -> None:
    with pytest.raises(SettingsError, match=f"did you mean '{zone}'"):
        read_settings({"NEWSDESK_TIME_ZONE": city})
