"""Changes one source file by a line, or removes it; the rest of the file stays as a person wrote it."""

import json
import os
import re
from pathlib import Path

from schemas.errors import SettingsError, UsageError
from schemas.sources.source import SLUG, Source
from tasks.pure.sources.source_toml import parse_source
from tasks.sources.source_folder import SLUG_CHARS, read_sources, slugs_of

_TABLE = re.compile(r"^\s*\[\w", re.MULTILINE)


def set_muted(folder: Path, slug: str, is_muted: bool) -> Path:
    """Write `muted = true` into the file of the source, or remove it; returns the file. Nothing is written where it
    says so already. Raises `SettingsError` for an unknown slug, and for a file that is wrong."""
    [source] = read_sources(folder, [slug])
    path = folder / f"{slug}.toml"
    if source.muted != is_muted:
        text = with_line(path.read_text(encoding="utf-8-sig"), "muted", "true" if is_muted else None)
        _replace(path, text, source.model_copy(update={"muted": is_muted}))
    return path


def rename_file(folder: Path, before: str, after: str) -> Path:
    """Give the file of the source another slug, and write the earlier one into it as `formerly`; returns the file.
    Nothing changes where the file has both already: a rename that was broken off is ended by the same command.

    Raises `UsageError` for a slug that is taken or is none, `SettingsError` for an unknown or a wrong file.
    """
    path = folder / f"{after}.toml"
    taken = slugs_of(folder)
    if after in taken and before not in taken and before in read_sources(folder, [after])[0].formerly:
        return path
    if after in taken:
        raise UsageError(f"there is a source file {str(path)!r} already; choose another slug")
    if not SLUG.fullmatch(after) or len(after) > SLUG_CHARS:
        raise UsageError(f"{after!r} is no slug: a-z, 0-9 and single '-', at most 64 characters")
    [source] = read_sources(folder, [before])
    former = (*(slug for slug in source.formerly if slug != after), before)
    text = with_line((folder / f"{before}.toml").read_text(encoding="utf-8-sig"), "formerly", json.dumps(former))
    _replace(path, text, source.model_copy(update={"slug": after, "formerly": former}))
    (folder / f"{before}.toml").unlink()
    return path


def remove_source(folder: Path, slug: str) -> Path:
    """Delete the file of the source, right or wrong; returns its path. Raises `UsageError` for an unknown slug."""
    path = folder / f"{slug}.toml"
    if slug not in slugs_of(folder):
        raise UsageError(f"no source {slug!r} in {str(folder)!r}: nothing was removed")
    try:
        path.unlink()
    except OSError as error:
        raise SettingsError(f"cannot remove {str(path)!r}: {error.strerror}") from error
    return path


def with_line(toml: str, key: str, value: str | None) -> str:
    """The text with this value of a top-level key, before its first table; None: without the key."""
    first = _TABLE.search(toml)
    head, tables = (toml[: first.start()], toml[first.start() :]) if first else (toml, "")
    head = re.sub(rf"(?m)^\s*{re.escape(key)}\s*=.*(?:\n|\Z)", "", head)
    if value is None:
        return head + tables
    kept = head.rstrip("\n")
    return f"{kept}\n{key} = {value}\n" + (f"\n{tables}" if tables else "")


def _replace(path: Path, text: str, meant: Source) -> None:
    """Put the text in the place of the file, whole; raises `SettingsError` where it does not say what is meant."""
    if parse_source(text, meant.slug, str(path)) != meant:
        raise SettingsError(f"cannot change {str(path)!r} by one line: write it by hand")
    unfinished = path.with_name(f".{path.name}.open")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        os.replace(unfinished, path)
    except OSError as error:
        raise SettingsError(f"cannot write {str(path)!r}: {error.strerror}") from error
