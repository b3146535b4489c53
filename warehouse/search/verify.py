"""Compares the index with a scan of the warehouse: its versions, and the hits of words from all over the texts."""

from collections.abc import Callable, Iterator
from pathlib import Path

from schemas.history.search import IndexCheck, Query
from warehouse.database.connection import Session
from warehouse.reader.file import Reader
from warehouse.search.engine import IndexRules
from warehouse.search.index import SearchIndex
from warehouse.search.side_file import DamagedIndexError

WORDS = 100
_DIGITS = "0123456789abcdef"
Key = tuple[str, int]


def verify(folder: Path, reader_path: Path, rules: IndexRules, parse: Callable[[str], Query]) -> IndexCheck:
    """What differs. `parse` makes a query of a word, as a search does. Raises `DamagedIndexError` where the index
    cannot be opened."""
    index = SearchIndex(folder, rules)
    try:
        with Reader(reader_path) as session:
            damage = _damage(index)
            stored = {
                (article_id, version): slug for article_id, version, slug in session.rows("select_indexed_keys")
            }
            newest: dict[str, int] = {}
            for article_id, version in stored:
                newest[article_id] = max(version, newest.get(article_id, 0))
            known = index.file.rows("select_doc_keys")
            docs = {(article_id, version): doc_id for article_id, version, doc_id, *_ in known}
            differing = sum(
                (article_id, version) in stored
                and (stored[article_id, version] != slug or bool(is_newest) != (newest[article_id] == version))
                for article_id, version, _, is_newest, slug in known
            )
            words = _words(index, docs)
            wrong = () if damage else _differing_words(index, session, rules, parse, words, docs)
        return IndexCheck(
            versions=len(stored),
            lacking=len(stored.keys() - docs.keys()),
            beside=len(docs.keys() - stored.keys()),
            differing=differing,
            words=len(words),
            words_differing=wrong,
            damage=damage,
        )
    finally:
        index.close()


def _damage(index: SearchIndex) -> str | None:
    try:
        index.engine.check()
    except DamagedIndexError as error:
        return str(error)
    return None


def _words(index: SearchIndex, docs: dict[Key, int]) -> list[str]:
    """The longest word of each of `WORDS` versions, evenly spaced; of unspaced scripts, two characters."""
    ids = sorted(docs.values())
    chosen = ids[:: max(1, len(ids) // WORDS)][:WORDS]
    found = (max(index.text_terms(doc_id), key=lambda term: (len(term), term), default="") for doc_id in chosen)
    return sorted({term for term in found if term})


def _differing_words(
    index: SearchIndex,
    session: Session,
    rules: IndexRules,
    parse: Callable[[str], Query],
    words: list[str],
    docs: dict[Key, int],
) -> tuple[str, ...]:
    wanted = set(words)
    scanned: dict[str, set[int]] = {word: set() for word in words}
    for key, terms in _scan(session, rules):
        if key in docs:
            for term in wanted & terms:
                scanned[term].add(docs[key])
    return tuple(word for word in words if set(index.engine.matches(parse(f'"{word}"'))) != scanned[word])


def _scan(session: Session, rules: IndexRules) -> Iterator[tuple[Key, set[str]]]:
    """Every version of the warehouse with the terms that it must be found by; a sixteenth is held at once."""
    for digit in _DIGITS:
        for article_id, version, title, dek, body in session.rows("select_version_bodies", digit=digit):
            text = f"{title}\n{dek}\n{body}" if dek else f"{title}\n{body}"
            yield (article_id, version), {*rules.index_text(text).split(), *rules.stem_text(text).split()}
