"""Proposes a source for a URL, and writes its file."""

import json
import os
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from schemas.errors import SettingsError, UsageError
from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.place import Place
from schemas.sources.source import Source
from tasks.pure.sources.source_toml import declared, faults_of, parse_source
from tasks.pure.urls.domains import host_of, registrable_domain
from tasks.pure.urls.normalise import absolute
from tasks.sources.source_folder import SLUG_CHARS, feed_key

_KEYS = {UrlKind.FEED: "feeds", UrlKind.SITEMAP: "sitemaps", UrlKind.SECTION: "sections"}
_ADDRESS = re.compile(r"[\d.]+(?::\d+)?$|\[")


def propose_source(
    places: Sequence[Place],
    name: str | None = None,
    slug: str | None = None,
    *,
    homepage: str | None = None,
    language: str = "und",
    country: str = "zz",
    time_zone: str = "UTC",
) -> Source:
    """A source with these places (at least one), for a person to complete. Defaults: the homepage is the root of the
    first place's host, the name is the host, the slug is made from the host. `und` and `zz` are the ISO codes for
    unknown.

    Raises `UsageError` for a URL that cannot be asked for, another kind, and a value out of bounds.
    """
    urls = [(place.kind, _askable(place)) for place in places]
    site = homepage or f"{urls[0][1].partition('://')[0]}://{host_of(urls[0][1])}/"
    try:
        return declared(
            {
                "slug": slug or _slug(site),
                "name": name or host_of(site),
                "homepage": site,
                **{key: tuple(url for kind, url in urls if kind is here) for here, key in _KEYS.items()},
                "language": language,
                "country": country,
                "time_zone": time_zone,
                "note": "Proposed from its URL: complete language, country, time zone and what to expect a day.",
            }
        )
    except ValidationError as error:
        raise UsageError("\n".join(faults_of(error))) from error


def _askable(place: Place) -> str:
    meant = absolute(place.url, None)
    if isinstance(meant, Refusal):
        raise UsageError(f"cannot make a source of {place.url!r}: {meant.detail}")
    if place.kind not in _KEYS:
        kind = place.kind.value
        raise UsageError(f"cannot make a source of {place.url!r}: it is of the kind {kind!r}, not a feed or sitemap")
    return meant


def free_slug(title: str | None, url: str, taken: Collection[str]) -> str:
    """A slug that is not taken, made from the title, else from the host; a number is added where it is taken."""
    first = (_plain(title)[: SLUG_CHARS - 5].strip("-") if title else "") or _slug(url)
    return next(slug for n in range(1, len(taken) + 2) if (slug := first if n == 1 else f"{first}-{n}") not in taken)


def _slug(url: str) -> str:
    domain = registrable_domain(url)
    return _plain(domain if _ADDRESS.match(domain) else domain.partition(".")[0])


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:SLUG_CHARS].strip("-")


def known_places(source: Source, owned: Mapping[str, str]) -> dict[str, str]:
    """The feeds and sitemaps of the source that another names already, with a line that says which (`owned`: by
    `feed_key`)."""
    owners = {url: owned.get(feed_key(url) or "") for url in (*source.feeds, *source.sitemaps)}
    return {url: f"{owner} has {url!r} already" for url, owner in owners.items() if owner}


def without_known(source: Source, known: Mapping[str, str]) -> Source:
    """The source without these feeds and sitemaps. Raises `UsageError` where none is left."""
    feeds = tuple(url for url in source.feeds if url not in known)
    sitemaps = tuple(url for url in source.sitemaps if url not in known)
    if known and not (feeds or sitemaps):
        raise UsageError(f"{'; '.join(known.values())}: nothing was written")
    return source.model_copy(update={"feeds": feeds, "sitemaps": sitemaps})


def write_source(folder: Path, source: Source) -> Path:
    """Write the file that declares the source, whole or not at all, and return its path. What is written was read
    back before. Raises `UsageError` where the file exists, or could not be read back."""
    path = folder / f"{source.slug}.toml"
    text = toml_of(source)
    if parse_source(text, source.slug, str(path)) != source:
        raise UsageError(f"cannot write {str(path)!r}: its text would be read as another source; choose another name")
    unfinished = path.with_name(f".{path.name}.open")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"cannot make the folder {str(folder)!r}: {error.strerror}") from error
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        _put_in_place(unfinished, path)
    except FileExistsError as error:
        raise UsageError(f"there is a source file {str(path)!r} already; choose another slug with --slug") from error
    except OSError as error:
        raise SettingsError(f"cannot write {str(path)!r}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Give a whole file its name; `FileExistsError` where another has it. Not every file system has links."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        os.replace(unfinished, path)


def toml_of(source: Source) -> str:
    """The text of a source file: keys in the order of the type, defaults left out but the pace."""
    stated = source.model_dump(exclude_defaults=True) | {"pace_s": source.pace_s}
    keys = [key for key in Source.model_fields if key in stated and key not in ("slug", "expect", "select")]
    lines = [
        f"{key} = {_list(stated[key]) if isinstance(stated[key], tuple) else _value(stated[key])}" for key in keys
    ]
    expect = source.expect.model_dump(exclude_defaults=True)
    if expect:
        lines += ["", "[expect]", *(f"{key} = {_value(value)}" for key, value in expect.items())]
    if select := source.select.stated():
        lines += ["", "[select]", *(f"{key} = {_value(value)}" for key, value in select.items())]
    return "\n".join(lines) + "\n"


def _list(urls: Sequence[str]) -> str:
    return "".join(["[\n", *(f"    {_value(url)},\n" for url in urls), "]"])


def _value(value: object) -> str:
    """A TOML value: its strings and arrays of numbers are written as JSON writes them."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
