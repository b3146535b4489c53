"""The folder of source files: a wrong file is left out and named with its line, the others are read."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError
from tasks.sources.source_folder import folder_for, read_folder, read_sources


def declare(folder: Path, slug: str, rest: str = "") -> Path:
    path = folder / f"{slug}.toml"
    head = f'name = "{slug}"\nhomepage = "https://{slug}.example/"\nlanguage = "en"\ncountry = "gb"\n'
    path.write_text(head + rest)
    return path


def test_sources_come_sorted_by_slug(tmp_path: Path) -> None:
    for slug in ("beta", "alpha", "a-b"):
        declare(tmp_path, slug)

    assert [source.slug for source in read_sources(tmp_path)] == ["a-b", "alpha", "beta"]


def test_an_empty_folder_holds_no_sources(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ()


def test_only_the_named_files_are_read(tmp_path: Path) -> None:
    declare(tmp_path, "good")
    (tmp_path / "bad.toml").write_text("name =")

    assert [source.slug for source in read_sources(tmp_path, ["good"])] == ["good"]
    with pytest.raises(SettingsError, match=r"bad\.toml"):
        read_sources(tmp_path)


def test_an_unknown_slug_is_told_the_nearest_right_one(tmp_path: Path) -> None:
    declare(tmp_path, "kyiv-independent")
    declare(tmp_path, "nasa")

    with pytest.raises(SettingsError, match=r"no source 'kyiv-independant' .* did you mean 'kyiv-independent'"):
        read_sources(tmp_path, ["kyiv-independant"])


def test_a_missing_folder_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere.*NEWSDESK_SOURCES"):
        read_sources(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ('feed = ["https://a.example/rss"]', r"paper\.toml:5: unknown key 'feed'; did you mean 'feeds'"),
        ('feeds = ["ftp://a.example/rss"]', r"paper\.toml:5: feeds = 'ftp://a\.example/rss'"),
        ('time_zone = "Europe/Kyyiv"', r"paper\.toml:5: .*no time zone named 'Europe/Kyyiv'"),
        ("[expect]\narticles_per_dya = [1, 2]", r"paper\.toml:6: unknown key .* 'articles_per_day'"),
        ('name = "again"\n', r"paper\.toml:5: .*Cannot overwrite a value"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, rest: str, words: str) -> None:
    declare(tmp_path, "paper", rest)

    with pytest.raises(SettingsError, match=words):
        read_sources(tmp_path)


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = declare(tmp_path, "paper")
    path.write_bytes(path.read_bytes() + b'note = "caf\xe9"')

    with pytest.raises(SettingsError, match=r"paper\.toml:5: the file is not UTF-8"):
        read_sources(tmp_path)


@pytest.mark.parametrize("name", ["Paper", "a--b", "a_b", "ä"])
def test_a_file_name_that_is_no_slug_is_refused(tmp_path: Path, name: str) -> None:
    declare(tmp_path, name)

    with pytest.raises(SettingsError, match="the slug"):
        read_sources(tmp_path)


def test_a_feed_that_two_sources_name_is_reported_with_both_lines(tmp_path: Path) -> None:
    declare(tmp_path, "one", 'feeds = [\n    "https://a.example/rss",\n    "https://a.example/x",\n]\n')
    declare(tmp_path, "two", 'sitemaps = ["https://a.example/x?utm_source=y"]\n')

    with pytest.raises(SettingsError, match=r"two\.toml:5: .* is named at .*one\.toml:7 too"):
        read_sources(tmp_path)


def test_a_wrong_file_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    for slug in ("alpha", "beta"):
        declare(tmp_path, slug)
    declare(tmp_path, "bad", "pace_s = -1\n")

    found = read_folder(tmp_path)

    assert ([source.slug for source in found.sources], found.left_out) == (["alpha", "beta"], ("bad",))
    assert [fault.message.partition(" = ")[0] for fault in found.faults] == [f"{tmp_path / 'bad.toml'}:5: pace_s"]


def test_of_two_files_with_one_feed_the_second_is_left_out(tmp_path: Path) -> None:
    for slug in ("one", "two"):
        declare(tmp_path, slug, 'feeds = ["https://a.example/rss"]\n')

    found = read_folder(tmp_path)

    assert ([source.slug for source in found.sources], found.left_out) == (["one"], ("two",))


def test_a_wrong_file_that_nobody_asked_for_is_told_and_not_left_out(tmp_path: Path) -> None:
    declare(tmp_path, "good")
    declare(tmp_path, "bad", "pace_s = -1\n")

    found = read_folder(tmp_path, ["good"])

    assert (len(found.sources), len(found.faults), found.left_out) == (1, 1, ())
    with pytest.raises(SettingsError, match=r"bad\.toml:5"):
        read_folder(tmp_path, ["bad"])


@pytest.mark.parametrize("name", ["paper.yaml", "paper.yml", "paper.json", "paper.TOML"])
def test_a_file_of_another_ending_is_named_as_not_read(tmp_path: Path, name: str) -> None:
    declare(tmp_path, "good")
    (tmp_path / name).write_text("name: Paper\n")

    found = read_folder(tmp_path)

    assert (len(found.sources), found.left_out, [fault.is_ignored for fault in found.faults]) == (1, (), [True])
    assert f"{tmp_path / name}: the file is not read" in found.faults[0].message
    assert "'paper.toml'" in found.faults[0].message


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = declare(tmp_path, "paper")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert [source.name for source in read_folder(tmp_path).sources] == ["paper"]


def test_a_folder_in_place_of_a_file_is_left_out(tmp_path: Path) -> None:
    declare(tmp_path, "good")
    (tmp_path / "odd.toml").mkdir()

    assert (len(read_folder(tmp_path).sources), read_folder(tmp_path).left_out) == (1, ("odd",))


@pytest.mark.parametrize("flow", ["ingest", "revisit", "health"])
def test_a_flow_that_polls_refuses_an_empty_folder(tmp_path: Path, flow: str) -> None:
    (tmp_path / "paper.yaml").write_text("name: Paper\n")

    with pytest.raises(SettingsError, match=r"no source in .*sources add URL.*\n.*paper\.yaml"):
        folder_for(flow, tmp_path)


@pytest.mark.parametrize("flow", ["backfill", "rebuild", "replay"])
def test_a_flow_that_reads_the_past_refuses_a_wrong_file(tmp_path: Path, flow: str) -> None:
    declare(tmp_path, "good")
    declare(tmp_path, "bad", "pace_s = -1\n")

    with pytest.raises(SettingsError, match=r"bad\.toml:5"):
        folder_for(flow, tmp_path)


def test_publishing_needs_no_source(tmp_path: Path) -> None:
    assert folder_for("publish", tmp_path).sources == ()


def test_hidden_files_are_not_read(tmp_path: Path) -> None:
    declare(tmp_path, "paper")
    (tmp_path / "._paper.toml").write_bytes(b"\x00\x05\x16\x07")

    assert (len(read_folder(tmp_path).sources), read_folder(tmp_path).faults) == (1, ())
