"""The registry of archive formats: a new format is one file beside this one, and one entry here."""

from tasks.archive.formats.protocol import ArchiveFormat
from tasks.archive.formats.warc import GzippedWarc, PlainWarc
from tasks.archive.formats.warc_zstd import ZstdWarc

FORMATS: list[ArchiveFormat] = [GzippedWarc(), ZstdWarc(), PlainWarc()]


def register(archive_format: ArchiveFormat) -> None:
    """Add a format from outside this package; for its suffixes it goes before the others."""
    FORMATS.insert(0, archive_format)


def format_of(url: str, head: bytes) -> ArchiveFormat:
    """The format of the file at the URL, which begins with `head` (so does a record of a file that is no container):
    one with the URL's suffix that recognises the bytes, else the first that is no container and recognises them. The
    name alone does not decide: many servers name a plain WARC file `.warc.gz`."""
    others = (each for each in FORMATS if not each.is_container)
    return next(each for each in (*_named(url), *others) if each.recognises(head))


def may_be_container(url: str) -> bool:
    """Whether the URL has the suffix of a container: then a record's own bytes do not tell the file's format."""
    return any(each.is_container for each in _named(url))


def _named(url: str) -> list[ArchiveFormat]:
    path = url.partition("?")[0].lower()
    return [each for each in FORMATS if path.endswith(each.suffixes)]
