"""Reads the folder of source files: a wrong file is left out and named, the others are read."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from schemas.errors import SettingsError, nearest
from schemas.items.outcome import Refusal
from schemas.sources.source import SLUG, Source
from schemas.sources.source_fault import SourceFault
from tasks.pure.sources.source_toml import parse_source
from tasks.pure.urls.normalise import absolute, canonical

SLUG_CHARS = 64
_NOT_READ = frozenset({".yaml", ".yml", ".json", ".toml"})
"""Endings of files that a person may take for source files; `.TOML` is none of ours."""


_ASKING = frozenset({"ingest", "revisit", "health"})
"""Flows without a purpose where there is no source."""
_PAST = frozenset({"backfill", "rebuild", "replay"})
"""Flows that read pages of the past once: without a source's file, they would read its pages in a wrong time zone."""


class SourceFolder(NamedTuple):
    """The right sources of a folder, by slug; the faults of its files; the slugs that were asked for and are left
    out, as their file is wrong; and the sources that no request may be sent to, as they are not enabled."""

    sources: tuple[Source, ...]
    faults: tuple[SourceFault, ...] = ()
    left_out: tuple[str, ...] = ()
    resting: tuple[Source, ...] = ()


def folder_for(flow: str, folder: Path, slugs: Sequence[str] = ()) -> SourceFolder:
    """The sources that a flow takes up: flows that send requests leave out those that are not enabled.

    Raises `SettingsError` as `read_folder`; where a flow that polls has no source at all, or is asked for one that is
    not enabled; and where a flow that reads pages of the past meets a wrong file.
    """
    if flow in _PAST:
        sources = read_sources(folder, slugs)
        return SourceFolder(tuple(one for one in sources if one.enabled or slugs or flow != "backfill"))
    if flow == "add" and not folder.is_dir():
        return SourceFolder(())  # One page is fetched without a source, too.
    found = read_folder(folder, slugs)
    if flow not in _ASKING:
        return found
    enabled = tuple(source for source in found.sources if source.enabled)
    if slugs and len(enabled) < len(found.sources):
        raise _not_enabled(folder, next(source for source in found.sources if not source.enabled))
    if not enabled:
        raise _not_enabled(folder, found.sources[0]) if found.sources else no_source(folder, found.faults)
    return found._replace(sources=enabled, resting=tuple(one for one in found.sources if not one.enabled))


def read_folder(folder: Path, slugs: Sequence[str] = ()) -> SourceFolder:
    """The right sources of the folder (with `slugs` only those), and the faults of all its files.

    A feed or sitemap that two files name belongs to the first by slug, and the other file is left out. Raises
    `SettingsError` for a missing folder and an unknown slug (with the nearest right one), and where there are sources
    to read and every one of them is wrong.
    """
    paths = _paths(folder)
    _refuse_unknown(slugs, paths, folder)
    sources, faults = _read(paths.values())
    wanted = tuple(source for source in sources if not slugs or source.slug in slugs)
    left_out = [fault for fault in faults if not slugs or fault.slug in slugs]
    if left_out and not wanted:
        raise SettingsError("\n".join(fault.message for fault in left_out))
    return SourceFolder(wanted, (*faults, *_not_read(folder)), tuple(str(fault.slug) for fault in left_out))


def read_sources(folder: Path, slugs: Sequence[str] = ()) -> tuple[Source, ...]:
    """The sources of the folder, sorted by slug; with `slugs` only those, and no other file is read.

    Raises `SettingsError` as `read_folder`, and also where one file is wrong.
    """
    paths = _paths(folder)
    _refuse_unknown(slugs, paths, folder)
    sources, faults = _read(paths[slug] for slug in sorted(set(slugs) or paths))
    if faults:
        raise SettingsError("\n".join(fault.message for fault in faults))
    return sources


def owners(folder: Path) -> dict[str, str]:
    """By `feed_key`, the source and line that name a feed or sitemap, of every file that can be read: also of files
    that are wrong, which somebody will correct. Empty where there is no folder."""
    found: dict[str, str] = {}
    for slug, path in _paths(folder).items() if folder.is_dir() else ():
        with suppress(SettingsError, tomllib.TOMLDecodeError):
            text = _text(path)
            table = tomllib.loads(text)
            urls = [url for key in ("feeds", "sitemaps") for url in _texts(table.get(key))]
            for url in urls:
                if key := feed_key(url):
                    found.setdefault(key, f"source {slug!r} ({path}:{_line_of(text, url)})")
    return found


def slugs_of(folder: Path) -> set[str]:
    """The slugs that a new file may not have: those of all files, right or wrong."""
    return set(_paths(folder)) if folder.is_dir() else set()


def feed_key(url: str) -> str | None:
    """What is the same for two spellings of a feed's URL, http and https included; None: no web URL."""
    meant = absolute(url, None)
    return None if isinstance(meant, Refusal) else canonical(meant).partition("://")[2]


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def no_source(folder: Path, faults: Iterable[SourceFault] = ()) -> SettingsError:
    """The error of a folder without a source."""
    hint = "write the first one with `newsdesk sources add URL`, or set NEWSDESK_SOURCES to the folder that has them"
    return SettingsError("\n".join([f"no source in {str(folder)!r}: {hint}", *(fault.message for fault in faults)]))


def _not_enabled(folder: Path, source: Source) -> SettingsError:
    path = folder / f"{source.slug}.toml"
    return SettingsError(f"source {source.slug!r} is not polled: {path} says enabled = false; remove that line")


def _paths(folder: Path) -> dict[str, Path]:
    """The source files by name without `.toml`, sorted. Hidden files are those of editors and of other systems."""
    if not folder.is_dir():
        raise SettingsError(
            f"no folder of sources at {str(folder)!r}: make it with `newsdesk sources add URL`, or set "
            "NEWSDESK_SOURCES to the folder that has them"
        )
    files = sorted(folder.glob("*.toml"), key=lambda path: path.stem)
    return {path.stem: path for path in files if not path.name.startswith(".")}


def _refuse_unknown(slugs: Sequence[str], paths: dict[str, Path], folder: Path) -> None:
    for slug in slugs:
        if slug not in paths:
            raise SettingsError(f"no source {slug!r} in {str(folder)!r}; {nearest(slug, paths)}")


def _not_read(folder: Path) -> Iterator[SourceFault]:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".toml" and path.suffix.lower() in _NOT_READ and not path.name.startswith("."):
            told = f"{path}: the file is not read: write it in TOML, with the name '{path.stem.lower()}.toml'"
            yield SourceFault(message=told, is_ignored=True)


def _read(paths: Iterable[Path]) -> tuple[tuple[Source, ...], list[SourceFault]]:
    """The right sources, and the faults of the other files, in the order of the paths."""
    sources, faults = [], []
    first: dict[str, str] = {}
    for path in paths:
        try:
            source, its = _source_at(path, first)
        except SettingsError as error:
            faults.append(SourceFault(slug=path.stem, message=str(error)))
        else:
            sources.append(source)
            first |= its
    return tuple(sources), faults


def _source_at(path: Path, first: dict[str, str]) -> tuple[Source, dict[str, str]]:
    """The source, and the place (file and line) of each feed and sitemap by its one spelling. `first`: those of the
    files before. Raises `SettingsError` where one of them is named there too."""
    slug = path.stem
    if not _is_slug(slug):
        raise SettingsError(
            f"{path}: a file's name is the slug: a-z, 0-9 and single '-', at most 64 characters; rename the file"
        )
    text = _text(path)
    source = parse_source(text, slug, str(path))
    its: dict[str, str] = {}
    faults = []
    for url in (*source.feeds, *source.sitemaps):
        place = f"{path}:{_line_of(text, url)}"
        known = first.get(key := _key(url, place)) or its.setdefault(key, place)
        if known != place:
            faults.append(f"{place}: {url!r} is named at {known} too; remove one of the two lines")
    if faults:
        raise SettingsError("\n".join(faults))
    return source, its


def _is_slug(name: str) -> bool:
    return SLUG.fullmatch(name) is not None and len(name) <= SLUG_CHARS


def _text(path: Path) -> str:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"cannot read {str(path)!r}: {error.strerror}") from error
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}:{line}: the file is not UTF-8; save it as UTF-8") from error


def _key(url: str, place: str) -> str:
    """One spelling of a feed's URL."""
    meant = absolute(url, None)
    if isinstance(meant, Refusal):
        raise SettingsError(f"{place}: {url!r} cannot be asked for: {meant.detail}")
    return canonical(meant)


def _line_of(toml: str, url: str) -> int:
    """1-based number of the first line that holds the whole URL."""
    lines = toml.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if f'{url}"' in line or f"{url}'" in line), 1)
