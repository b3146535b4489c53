"""The index as a whole: the side file, its engine, and the articles in them."""

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from warehouse.search.engine import Engine, IndexRules, Words
from warehouse.search.fts5 import Fts5
from warehouse.search.side_file import FORMAT, DamagedIndexError, SideFile

ADDED_AT_ONCE = 1000


class IndexedText(NamedTuple):
    """One version of an article, as the reader file has it; times in epoch seconds."""

    article_id: str
    version: int
    source: str
    url: str
    title: str
    dek: str | None
    body: str
    published_at: float | None
    published_precision: str | None
    fetched_at: float
    language: str | None
    section: str | None


class Shown(NamedTuple):
    """What is kept of a version for those who read it; times in epoch seconds."""

    url: str
    title: str
    dek: str | None
    body: str
    published_at: float | None
    published_precision: str | None
    fetched_at: float
    language: str | None


class SearchIndex:
    """The index in `folder`, for one thread. Raises `DamagedIndexError` where it is not there, is damaged, or is of
    other rules or of an engine that is not installed."""

    def __init__(self, folder: Path, rules: IndexRules, is_read_only: bool = False) -> None:
        self.folder = folder
        self.rules = rules
        self.file = SideFile(folder, is_read_only)
        try:
            self.engine = self._engine()
        except BaseException:
            self.file.close()
            raise

    def _engine(self) -> Engine:
        found = self.file.state("version")
        if found != version_of(self.rules):
            raise DamagedIndexError(f"it is of version {found}, not {version_of(self.rules)}")
        return open_engine(str(self.file.state("engine")), self.file, self.folder)

    def close(self) -> None:
        """Close file and engine."""
        self.engine.close()
        self.file.close()

    def sources(self) -> dict[str, int]:
        """The ids of the sources, by slug."""
        return {str(slug): int(source_id) for slug, source_id in self.file.rows("select_index_sources")}

    def add(self, texts: Iterable[IndexedText]) -> int:
        """Index the versions that are not in the index; within a transaction of the file. The number of new ones."""
        sources = self.sources()
        fresh = [(doc_id, text) for text in texts if (doc_id := self._insert(text, sources)) is not None]
        self.file.many("insert_text", ((doc_id, _packed(text)) for doc_id, text in fresh))
        self.file.many("update_newest_docs", ((text.article_id,) for _, text in fresh))
        self.engine.add([self._words(doc_id, text, at_of(text), sources[text.source]) for doc_id, text in fresh])
        self._counted(len(fresh))
        return len(fresh)

    def _insert(self, text: IndexedText, sources: dict[str, int]) -> int | None:
        if text.source not in sources:
            sources[text.source] = int(self.file.rows("insert_index_source", slug=text.source)[0][0])
        found = self.file.rows(
            "insert_doc",
            article_id=text.article_id,
            version=text.version,
            source_id=sources[text.source],
            language=primary(text.language),
            section=text.section,
            at_s=at_of(text),
        )
        return int(found[0][0]) if found else None

    def _words(self, doc_id: int, text: IndexedText | Shown, at_s: float, source_id: int) -> Words:
        body = f"{text.dek}\n{text.body}" if text.dek else text.body
        title, stems = self.rules.index_text(text.title), self.rules.stem_text(f"{text.title}\n{body}")
        return Words(doc_id, title, self.rules.index_text(body), stems, at_s, source_id, primary(text.language))

    def text_terms(self, doc_id: int) -> list[str]:
        """The terms of the title and the text of a version."""
        ((_, packed),) = self.file.rows("select_text", doc_id=doc_id)
        shown = unpacked(packed)
        return self.rules.index_text(f"{shown.title}\n{shown.dek or ''}\n{shown.body}").split()

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove every version of these articles, with its words; within a transaction of the file. The number of
        versions."""
        gone: list[Words] = []
        for article_id in article_ids:
            for doc_id, at_s, source_id, _, packed in self.file.rows("select_docs_of_article", article_id=article_id):
                gone.append(self._words(doc_id, unpacked(packed), at_s, source_id))
        self.drop(gone)
        return len(gone)

    def drop(self, gone: Sequence[Words]) -> None:
        """Remove these versions."""
        self.engine.remove(gone)
        for name in ("delete_doc", "delete_text"):
            self.file.many(name, ((doc.doc_id,) for doc in gone))
        self._counted(-len(gone))

    def _counted(self, more: int) -> None:
        """Keep the number of versions: to count them takes 5 ms for 100,000."""
        self.file.put("docs", str(docs_in(self.file) + more))

    def erase(self) -> None:
        """Leave nothing of removed versions in the files; within a transaction of the file."""
        if self.engine.erase():
            return
        words: list[Words] = []
        for doc_id, at_s, source_id, packed in self.file.stream("select_all_texts"):
            words.append(self._words(doc_id, unpacked(packed), at_s, source_id))
            if len(words) == ADDED_AT_ONCE:
                self.engine.add(words)
                words = []
        self.engine.add(words)

    def move(self, moved: Iterable[tuple[int, str]]) -> None:
        """Give versions another source, within a transaction of the file: (doc_id, slug)."""
        sources = self.sources()
        words: list[Words] = []
        for doc_id, slug in moved:
            if slug not in sources:
                sources[slug] = int(self.file.rows("insert_index_source", slug=slug)[0][0])
            self.file.many("update_doc_source", [(sources[slug], doc_id)])
            ((at_s, packed),) = self.file.rows("select_text", doc_id=doc_id)
            words.append(self._words(doc_id, unpacked(packed), at_s, sources[slug]))
        if self.engine.name != Fts5.name:  # FTS5 asks the file for the source.
            self.engine.add(words)


def docs_in(file: SideFile) -> int:
    """How many versions the index has."""
    return int(file.state("docs") or 0)


def open_engine(name: str, file: SideFile, folder: Path) -> Engine:
    """The engine of the name. Raises `DamagedIndexError` where it is not installed or damaged."""
    if name == Fts5.name:
        return Fts5(file)
    from warehouse.search.tantivy_engine import TantivyEngine

    return TantivyEngine(folder, file)


def version_of(rules: IndexRules) -> str:
    """Of the tables and of the rules."""
    return f"{FORMAT}.{rules.VERSION}"


def at_of(text: IndexedText) -> float:
    """By which a version is found with --since and --until."""
    return text.fetched_at if text.published_at is None else text.published_at


def primary(language: str | None) -> str | None:
    """`en` of `en-GB`."""
    return language.split("-")[0].lower() if language else None


def unpacked(packed: bytes) -> Shown:
    """What `texts` keeps of a version."""
    values: list[Any] = orjson.loads(zlib.decompress(packed))
    return Shown(*values)


def _packed(text: IndexedText) -> bytes:
    return zlib.compress(orjson.dumps([getattr(text, name) for name in Shown._fields]), 1)
