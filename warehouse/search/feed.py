"""Makes and keeps the index: takes what the loads brought since, and follows what was forgotten and renamed.

The index remembers in its own transaction which loads it has taken: what a killed process left undone, the next one
does."""

import importlib.util
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from schemas.errors import RefusedError
from warehouse.database.connection import Session
from warehouse.database.write_lock import FileLock, hold
from warehouse.reader.file import Reader
from warehouse.search.current import is_made_from, reader_stamp
from warehouse.search.engine import IndexRules
from warehouse.search.fts5 import Fts5
from warehouse.search.index import IndexedText, SearchIndex, docs_in, version_of
from warehouse.search.side_file import FILE, DamagedIndexError, SideFile, delete_files

TANTIVY = "tantivy"
TANTIVY_FOLDER = "tantivy"
TANTIVY_FROM = 300_000
"""Versions from which on tantivy is taken where it is installed: FTS5 takes 14 ms at p95 with 100,000 articles, and
grows in step."""
CHUNK_VERSIONS = 1000
LATE_S = 2 * 86_400.0
"""A load is committed no longer than this after the instant that it bears."""


class Fed(NamedTuple):
    """What was done: versions added and removed; `notes`: what a person should know, as sentences."""

    added: int = 0
    removed: int = 0
    notes: tuple[str, ...] = ()


class LoadKey(NamedTuple):
    """A load that is not in the index; `at_s`: `loaded_at` in epoch seconds."""

    batch_id: str
    run_id: str
    loaded_at: object
    at_s: float
    versions: int


def catch_up(
    folder: Path, reader_path: Path, rules: IndexRules, wait_s: float = 120.0, is_anew: bool = False, engine: str = ""
) -> Fed:
    """Bring the index up to the reader file. Make it where it is not there, is damaged or of another version; with
    `is_anew` in any case. `engine`: its name; empty: the one that is better for so many articles. Raises
    `RefusedError` where another process has been writing the index for `wait_s` seconds."""
    stamp = reader_stamp(reader_path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"cannot make the search index in {str(folder)!r}: {error.strerror}") from error
    with hold(FileLock(folder / ".gate"), str(folder), wait_s):
        why = "it was asked for" if is_anew else _unusable(folder, rules, engine)
        if why is None and is_made_from(folder, rules, stamp):
            return Fed()
        with Reader(reader_path) as session:
            try:
                return _caught_up(folder, session, rules, engine, stamp, why)
            except DamagedIndexError as error:
                return _caught_up(folder, session, rules, engine, stamp, str(error))


def remove_articles(folder: Path, rules: IndexRules, article_ids: Iterable[str]) -> int:
    """Remove every version of these articles from the index, its words and its texts, so that its files hold them no
    more; the number of versions. 0 where there is no index, or none that can be read: the next feed makes it anew."""
    if not (folder / FILE).exists():
        return 0
    with hold(FileLock(folder / ".gate"), str(folder)):
        try:
            with _opened(folder, rules) as index:
                with index.file.transaction():
                    removed = index.remove(article_ids)
                    if removed:
                        index.erase()
                    index.engine.commit()
                index.file.shrink()
                return removed
        except DamagedIndexError:
            _delete(folder)
            return 0


@contextmanager
def _opened(folder: Path, rules: IndexRules, is_read_only: bool = False) -> Iterator[SearchIndex]:
    index = SearchIndex(folder, rules, is_read_only)
    try:
        yield index
    finally:
        index.close()


def _unusable(folder: Path, rules: IndexRules, engine: str) -> str | None:
    """Why the index must be made anew; None: it must not. Empty: there is none yet."""
    if not (folder / FILE).exists():
        return ""
    try:
        with _opened(folder, rules, is_read_only=True) as index:
            other = engine and index.engine.name != engine
            return f"the engine {engine} was asked for" if other else None
    except DamagedIndexError as error:
        return str(error)


def _caught_up(folder: Path, session: Session, rules: IndexRules, engine: str, stamp: str, why: str | None) -> Fed:
    notes: list[str] = []
    if why is not None:
        notes += _make(folder, session, rules, engine, why)
    elif reason := _outgrown(folder, session, rules, engine):
        notes += _make(folder, session, rules, engine, reason)
    with _opened(folder, rules) as index:
        added = _take_loads(index, session)
        removed = _follow(index, session)
        with index.file.transaction():
            index.file.put("reader", stamp)
    return Fed(added, removed, tuple(notes))


def _outgrown(folder: Path, session: Session, rules: IndexRules, engine: str) -> str | None:
    """Why the index cannot be gone on with: it is of another warehouse, or another engine is better for its size."""
    with _opened(folder, rules) as index:
        ((taken, last),) = index.file.rows("count_taken_loads")
        ((loads,),) = session.rows("count_loads")
        docs = docs_in(index.file)
        if taken > loads or (taken and not _has(session, index, last)):
            return "the warehouse is not the one that it was made from"
        if not engine and index.engine.name == Fts5.name and _better(docs) != Fts5.name:
            return f"it has more than {TANTIVY_FROM:,} versions, for which tantivy is faster"
    return None


def _has(session: Session, index: SearchIndex, last: float) -> bool:
    """Whether the warehouse has the last load that was taken."""
    taken = {batch_id for (batch_id,) in index.file.rows("select_taken_loads", since=last)}
    return taken <= {row[0] for row in session.rows("select_loads_since", since=last - 1)}


def _better(versions: int) -> str:
    is_installed = importlib.util.find_spec(TANTIVY) is not None
    return TANTIVY if versions > TANTIVY_FROM and is_installed else Fts5.name


def _make(folder: Path, session: Session, rules: IndexRules, engine: str, why: str) -> list[str]:
    """Make an empty index; what is said of it."""
    ((versions,),) = session.rows("count_versions")
    _delete(folder)
    file = SideFile(folder)
    try:
        file.make(version_of(rules), engine or _better(versions))
    finally:
        file.close()
    return [f"the search index is made anew of {versions:,} versions: {why}"] if why else []


def _delete(folder: Path) -> None:
    delete_files(folder)
    shutil.rmtree(folder / TANTIVY_FOLDER, ignore_errors=True)


def _take_loads(index: SearchIndex, session: Session) -> int:
    added = 0
    for loads in _chunks(_untaken(index, session)):
        texts = _texts(session, loads)
        with index.file.transaction():
            added += index.add(texts)
            index.file.many("insert_taken_load", ((load.batch_id, load.at_s) for load in loads))
            index.engine.commit()
    return added


def _untaken(index: SearchIndex, session: Session) -> list[LoadKey]:
    """The loads that are not in the index. Those of the last days are compared one by one; all are, where that does
    not make up the number: a clock was set back."""
    ((taken, last),) = index.file.rows("count_taken_loads")
    ((loads,),) = session.rows("count_loads")
    late = _missing(index, session, (last or 0.0) - LATE_S)
    return late if taken + len(late) == loads else _missing(index, session, -1.0)


def _missing(index: SearchIndex, session: Session, since: float) -> list[LoadKey]:
    taken = {batch_id for (batch_id,) in index.file.rows("select_taken_loads", since=since)}
    return [LoadKey(*row) for row in session.rows("select_loads_since", since=since) if row[0] not in taken]


def _chunks(loads: Iterable[LoadKey]) -> Iterator[list[LoadKey]]:
    """So many loads that they have about `CHUNK_VERSIONS` versions: what is read and committed at once."""
    chunk: list[LoadKey] = []
    for load in loads:
        if chunk and sum(each.versions for each in chunk) + load.versions > CHUNK_VERSIONS:
            yield chunk
            chunk = []
        chunk.append(load)
    if chunk:
        yield chunk


def _texts(session: Session, loads: list[LoadKey]) -> list[IndexedText]:
    at = [load.loaded_at for load in loads if load.versions]
    if not at:
        return []
    run_ids = sorted({load.run_id for load in loads})
    first, last = loads[0].loaded_at, loads[-1].loaded_at
    rows = session.rows("select_texts_of_loads", loaded_at=at, run_ids=run_ids, first=first, last=last)
    return [IndexedText(*row) for row in rows]


def _follow(index: SearchIndex, session: Session) -> int:
    """Remove what was forgotten and move what was renamed, where either was since the last time; the number of
    versions removed."""
    seen = {row[0] for row in index.file.rows("select_seen_forgets")}
    done = [row for row in session.rows("select_forgets_done") if row[0] not in seen]
    gone = set(index.sources()) - {row[0] for row in session.rows("select_version_sources")}
    if not done and not gone:
        return 0
    stored = {(article_id, version): source for article_id, version, source in session.rows("select_indexed_keys")}
    known = index.file.rows("select_doc_keys")
    lost = sorted({article_id for article_id, version, *_ in known if (article_id, version) not in stored})
    kept = [(doc_id, slug, stored.get((article_id, version))) for article_id, version, doc_id, _, slug in known]
    with index.file.transaction():
        removed = index.remove(lost)
        index.move((doc_id, now) for doc_id, slug, now in kept if now is not None and now != slug)
        for slug in gone:
            index.file.rows("delete_index_source", slug=slug)
        index.file.many("insert_seen_forget", done)
        if removed:
            index.erase()
        index.engine.commit()
    index.file.shrink()
    return removed
