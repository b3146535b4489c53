"""The words in SQLite FTS5, in the file of the index itself: nothing more to install, and whole after a kill."""

import json
from collections.abc import Iterator, Sequence

from schemas.history.search import AllOf, Query, WantedTerms
from warehouse.search.engine import RANKED_AT_MOST, STEM_WEIGHT, TITLE_WEIGHT, Narrowed, Ranked, Words
from warehouse.search.side_file import SideFile

WEIGHTS = f"bm25({TITLE_WEIGHT}, 1.0, {STEM_WEIGHT})"
LAST_DOC = 1 << 62


class Fts5:
    """See `Engine`; its changes are of the transaction of the file."""

    name = "fts5"

    def __init__(self, file: SideFile) -> None:
        self._file = file

    def add(self, docs: Sequence[Words]) -> None:
        """See `Engine`."""
        self._file.many("insert_words", ((doc.doc_id, doc.title, doc.body, doc.stems) for doc in docs))

    def remove(self, docs: Sequence[Words]) -> None:
        """See `Engine`."""
        self._file.many("delete_words", ((doc.doc_id, doc.title, doc.body, doc.stems) for doc in docs))

    def commit(self) -> None:
        """See `Engine`; the transaction of the file commits."""

    def erase(self) -> bool:
        """See `Engine`."""
        self._file.rows("optimize_words")
        return True

    def check(self) -> None:
        """See `Engine`."""
        self._file.rows("check_words")

    def close(self) -> None:
        """See `Engine`; the file is closed by whoever opened it."""

    def ranked(self, query: Query, narrowed: Narrowed, limit: int) -> Ranked:
        """See `Engine`. Where the index has more than `RANKED_AT_MOST` versions and the query finds more, the latest
        of them are ranked: those that were loaded last."""
        match = expression(query)
        first, bound = self._first_ranked(match, narrowed.after_doc)
        found = self._file.rows(
            "select_ranked_words",
            query=match,
            weights=WEIGHTS,
            first=first,
            is_all_versions=narrowed.is_all_versions,
            since=narrowed.since,
            until=narrowed.until,
            sources=None if narrowed.sources is None else json.dumps(narrowed.sources),
            language=narrowed.language,
            section=narrowed.section,
            articles=None if narrowed.articles is None else json.dumps(narrowed.articles),
            limit=limit,
        )
        return Ranked(tuple((int(doc), float(score)) for doc, score in found), bound)

    def _first_ranked(self, match: str, after_doc: int) -> tuple[int, int | None]:
        if int(self._file.state("docs") or 0) <= RANKED_AT_MOST:
            return after_doc + 1, None
        latest = {"query": match, "first": after_doc + 1, "limit": RANKED_AT_MOST + 1}
        ((matches, first),) = self._file.rows("select_latest_words", **latest)
        if matches <= RANKED_AT_MOST:
            return after_doc + 1, None
        return int(first) + 1, RANKED_AT_MOST

    def matches(self, query: Query) -> Iterator[int]:
        """See `Engine`."""
        return (int(doc) for (doc,) in self._file.stream("select_matching_words", query=expression(query)))


def expression(query: Query) -> str:
    """The query in the language of FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax). A phrase is not
    looked for among the stems, which stand in no order."""
    if isinstance(query, WantedTerms):
        terms = " ".join(query.terms).replace('"', "")
        phrase = f'"{terms}"{" *" if query.is_begun else ""}'
        return phrase if len(query.terms) == 1 else f"{{title body}} : {phrase}"
    if isinstance(query, AllOf):
        found = " AND ".join(f"({expression(part)})" for part in query.parts)
        left_out = " OR ".join(f"({expression(part)})" for part in query.without)
        return f"({found}) NOT ({left_out})" if left_out else found
    return " OR ".join(f"({expression(part)})" for part in query.parts)
