"""The registry of archive formats: a new format is one file beside this one, and one entry here."""

from tasks.archive.formats.protocol import ArchiveFormat
from tasks.archive.formats.warc import GzippedWarc, PlainWarc

FORMATS: list[ArchiveFormat] = [GzippedWarc(), PlainWarc()]


def register(archive_format: ArchiveFormat) -> None:
    """Add a format from outside this package; for its suffixes it goes before the others."""
    FORMATS.insert(0, archive_format)


def format_of(url: str, head: bytes) -> ArchiveFormat:
    """The format of the file at the URL, which (or a record of which) begins with `head`: one with the URL's suffix
    that recognises the bytes, else the first that recognises them. The name alone does not decide: many servers name
    a plain WARC file `.warc.gz`."""
    path = url.partition("?")[0].lower()
    named = [each for each in FORMATS if path.endswith(each.suffixes)]
    return next(each for each in (*named, *FORMATS) if each.recognises(head))
