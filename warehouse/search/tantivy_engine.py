"""The words in tantivy, in a folder beside the side file: 5 times faster than FTS5, for many articles. The only file
that imports tantivy, which is an extra (`newsdesk[search]`)."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from schemas.history.search import AllOf, Query, WantedTerms
from warehouse.database.errors import meaning
from warehouse.search.engine import RANKED_AT_MOST, STEM_WEIGHT, TITLE_WEIGHT, Narrowed, Ranked, Words
from warehouse.search.side_file import DamagedIndexError, SideFile

try:
    import tantivy
except ImportError as error:
    raise DamagedIndexError(
        "its engine is tantivy, which is not installed (pip install 'newsdesk[search]')"
    ) from error

FOLDER = "tantivy"
HEAP_BYTES = 64_000_000
"""Of the writer; what is more is written to a segment."""
FIRST_HITS = 50
WEIGHTS = {"title": TITLE_WEIGHT, "body": 1.0, "stems": STEM_WEIGHT}
IN_ORDER = ("title", "body")
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class TantivyEngine:
    """See `Engine`. Which versions are the newest, and sections, the side file knows: hits are taken in steps until
    enough are as wanted."""

    name = "tantivy"

    def __init__(self, folder: Path, file: SideFile) -> None:
        self._file = file
        self._writer: tantivy.IndexWriter | None = None
        with _translated("opening the search index"):
            path = folder / FOLDER
            path.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, str(path))

    def add(self, docs: Sequence[Words]) -> None:
        """See `Engine`. What is there under a doc_id is replaced: a killed process may have left it."""
        with _translated("writing the search index"):
            writer = self._writing()
            for doc in docs:
                writer.delete_documents_by_term("doc_id", doc.doc_id)
            for doc in docs:
                values = {**doc._asdict(), "at": int(doc.at), "language": doc.language or ""}
                writer.add_document(tantivy.Document.from_dict(values, self._schema))

    def remove(self, docs: Sequence[Words]) -> None:
        """See `Engine`."""
        with _translated("writing the search index"):
            writer = self._writing()
            for doc in docs:
                writer.delete_documents_by_term("doc_id", doc.doc_id)

    def commit(self) -> None:
        """See `Engine`."""
        if self._writer is not None:
            with _translated("writing the search index"):
                self._writer.commit()
                self._writer.garbage_collect_files()
                self._index.reload()

    def erase(self) -> bool:
        """See `Engine`: tantivy keeps the words of removed documents until it merges, so all is removed."""
        with _translated("writing the search index"):
            self._writing().delete_all_documents()
        return False

    def check(self) -> None:
        """See `Engine`; a search of all documents reads every segment."""
        self._index.reload()

    def close(self) -> None:
        """See `Engine`."""
        self._writer = None

    def ranked(self, query: Query, narrowed: Narrowed, limit: int) -> Ranked:
        """See `Engine`. Never more than `RANKED_AT_MOST` are looked at."""
        with _translated("reading the search index"):
            searcher = self._index.searcher()
            wanted = self._narrowed(query, narrowed)
            asked = max(FIRST_HITS, 2 * limit)
            while True:
                hits = searcher.search(wanted, asked, count=False).hits
                ids = searcher.fast_field_values("doc_id", [address for _, address in hits])
                kept = self._wanted([int(doc) for doc in ids if doc is not None], narrowed)
                docs = [(int(doc), float(score)) for doc, (score, _) in zip(ids, hits, strict=True) if doc in kept]
                if len(docs) >= limit or len(hits) < asked:
                    return Ranked(tuple(docs[:limit]))
                if asked >= RANKED_AT_MOST:
                    return Ranked(tuple(docs), RANKED_AT_MOST)
                asked = min(asked * 8, RANKED_AT_MOST)

    def matches(self, query: Query) -> Iterator[int]:
        """See `Engine`."""
        with _translated("reading the search index"):
            searcher = self._index.searcher()
            hits = searcher.search(self._matching(query), max(1, searcher.num_docs), count=False).hits
            ids = searcher.fast_field_values("doc_id", [address for _, address in hits])
            known = {int(doc) for doc in ids if doc is not None}
        return iter(self._wanted(sorted(known), Narrowed(is_all_versions=True)))

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(HEAP_BYTES, 1)
        return self._writer

    def _wanted(self, docs: Sequence[int], narrowed: Narrowed) -> set[int]:
        rows = self._file.rows(
            "select_wanted_docs",
            docs=json.dumps(docs),
            is_all_versions=narrowed.is_all_versions,
            section=narrowed.section,
            articles=None if narrowed.articles is None else json.dumps(narrowed.articles),
        )
        return {int(doc) for (doc,) in rows}

    def _narrowed(self, query: Query, narrowed: Narrowed) -> tantivy.Query:
        limits: list[tantivy.Query] = []
        if narrowed.since is not None or narrowed.until is not None:
            limits.append(self._range("at", tantivy.FieldType.Integer, narrowed.since, narrowed.until))
        if narrowed.after_doc:
            limits.append(self._range("doc_id", tantivy.FieldType.Unsigned, narrowed.after_doc + 1, None))
        if narrowed.sources is not None:
            known = [source for source in narrowed.sources if source >= 0]
            limits.append(tantivy.Query.term_set_query(self._schema, "source_id", known))
        if narrowed.language is not None:
            limits.append(tantivy.Query.term_query(self._schema, "language", narrowed.language))
        unscored = [(MUST, tantivy.Query.const_score_query(one, 0.0)) for one in limits]
        return tantivy.Query.boolean_query([(MUST, self._matching(query)), *unscored])

    def _range(self, field: str, kind: tantivy.FieldType, low: float | None, high: float | None) -> tantivy.Query:
        """From `low` on and below `high`."""
        first, last = None if low is None else int(low), None if high is None else int(high)
        return tantivy.Query.range_query(self._schema, field, kind, first, last, include_upper=last is None)

    def _matching(self, query: Query) -> tantivy.Query:
        if isinstance(query, WantedTerms):
            fields = IN_ORDER if len(query.terms) > 1 else tuple(WEIGHTS)
            parts = [
                (SHOULD, tantivy.Query.boost_query(self._in_field(field, query), WEIGHTS[field])) for field in fields
            ]
            return tantivy.Query.boolean_query(parts)
        if isinstance(query, AllOf):
            found = [(MUST, self._matching(part)) for part in query.parts]
            return tantivy.Query.boolean_query([*found, *((MUST_NOT, self._matching(p)) for p in query.without)])
        return tantivy.Query.boolean_query([(SHOULD, self._matching(part)) for part in query.parts])

    def _in_field(self, field: str, wanted: WantedTerms) -> tantivy.Query:
        """Terms have letters, digits and marks only, so they are regular expressions of themselves."""
        terms: list[str | tuple[int, str]] = list(wanted.terms)
        if len(terms) == 1 and not wanted.is_begun:
            return tantivy.Query.term_query(self._schema, field, wanted.terms[0])
        if len(terms) == 1:
            return tantivy.Query.regex_query(self._schema, field, f"{terms[0]}.*")
        if wanted.is_begun:
            return tantivy.Query.regex_phrase_query(self._schema, field, [*terms[:-1], f"{terms[-1]}.*"])
        return tantivy.Query.phrase_query(self._schema, field, terms)


def _schema() -> tantivy.Schema:
    """The texts themselves are in the side file."""
    made = tantivy.SchemaBuilder()
    for field in WEIGHTS:
        made.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    made.add_text_field("language", tokenizer_name="raw", index_option="basic")
    made.add_unsigned_field("doc_id", indexed=True, fast=True)
    made.add_unsigned_field("source_id", indexed=True)
    made.add_integer_field("at", indexed=True, fast=True)
    return made.build()


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    """tantivy raises `ValueError` for its own errors, damage and a full disk alike."""
    try:
        yield
    except (ValueError, OSError) as error:
        said = meaning(str(error), doing)
        is_machine = type(said).__name__ in ("DiskFullError", "RefusedError", "TemporaryError")
        raise (said if is_machine else DamagedIndexError(f"it is damaged, met while {doing}: {error}")) from error
