"""The query language: words, "phrases", beginnings*, AND, OR, NOT and parentheses, as a tree.

    query  := either ("OR" either)*
    either := ["NOT"] one (["AND"] ["NOT"] one)*
    one    := WORD | WORD* | "PHRASE" | "PHRASE"* | "(" query ")"

Words side by side must all be there. Operators are in capitals: `and` is a word."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.errors import UsageError
from schemas.history.search import AllOf, AnyOf, Query, WantedTerms
from tasks.pure.search.terms import query_terms

WORDS_AT_MOST = 200
DEPTH_AT_MOST = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|[\"“”„](?P<phrase>[^\"“”„]*)(?P<end>[\"“”]?)(?P<star>\*?)|(?P<word>[^\s()\"“”„]+))"
)
_OPERATORS = ("AND", "OR", "NOT")


class Token(NamedTuple):
    """A piece of a query. `kind`: `(`, `)`, `AND`, `OR`, `NOT` or `wanted`; `column` counts from 1."""

    kind: str
    text: str
    column: int
    wanted: WantedTerms | None = None


def parse_query(text: str) -> Query:
    """The tree of a query. Raises `UsageError` that says what is wrong and at which column."""
    tokens = list(_tokens(text))
    if not tokens:
        raise UsageError("the query is empty: name a word to search for")
    if not any(token.wanted for token in tokens):
        shown = " ".join(token.text for token in tokens)
        raise UsageError(
            f"the query has only operators ({shown}), at column {tokens[0].column}: name a word beside them"
        )
    if sum(token.wanted is not None for token in tokens) > WORDS_AT_MOST:
        raise UsageError(f"the query has more than {WORDS_AT_MOST} words and phrases: search for fewer")
    parser = _Parser(tokens, len(text) + 1)
    tree = parser.query(0)
    if left := parser.peek():
        raise UsageError(f"the parenthesis closed at column {left.column} was never opened")
    return tree


def wanted_of(query: Query) -> Iterator[WantedTerms]:
    """The words and phrases that a hit may have, without those that it must not have."""
    if isinstance(query, WantedTerms):
        yield query
        return
    for part in query.parts:
        yield from wanted_of(part)


def _tokens(text: str) -> Iterator[Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:  # Every character begins one of the kinds.
            raise UsageError(f"cannot read {text[place:]!r} at column {place + 1}")
        yield _token(match)
        place = match.end()


def _token(match: re.Match[str]) -> Token:
    column = match.start() + len(match[0]) - len(match[0].lstrip()) + 1
    if match["open"] or match["close"]:
        return Token(match["open"] or match["close"], match["open"] or match["close"], column)
    if match["phrase"] is not None:
        if not match["end"]:
            raise UsageError(f"the quotation mark at column {column} has no second one: close the phrase")
        return _wanted_token(match["phrase"], match["star"] == "*", column, f'"{match["phrase"]}"')
    word = match["word"]
    if word in _OPERATORS:
        return Token(word, word, column)
    return _wanted_token(word.rstrip("*"), word.endswith("*"), column, word)


def _wanted_token(text: str, is_begun: bool, column: int, shown: str) -> Token:
    terms, ends_open = query_terms(text)
    if not terms:
        raise UsageError(f"there is no letter or digit to search for in {shown} at column {column}")
    return Token("wanted", shown, column, WantedTerms(terms, is_begun or ends_open))


class _Parser:
    """Recursive descent over the tokens; `end`: the column behind the query."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._end = end

    def peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str) -> Token | None:
        token = self.peek()
        if token is None or token.kind != kind:
            return None
        self._next += 1
        return token

    def query(self, depth: int) -> Query:
        parts = [self._either(depth)]
        while self._take("OR"):
            parts.append(self._either(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _either(self, depth: int) -> Query:
        parts: list[Query] = []
        without: list[Query] = []
        first = self.peek()
        while True:
            is_not = self._take("NOT")
            (without if is_not else parts).append(self._one(depth))
            follows = self.peek()
            if self._take("AND"):
                continue
            if follows is None or follows.kind in ("OR", ")"):
                break
        if not parts:
            column = first.column if first else self._end
            raise UsageError(
                f"NOT at column {column} leaves out, and nothing says what to find: name a word beside it"
            )
        return parts[0] if len(parts) == 1 and not without else AllOf(tuple(parts), tuple(without))

    def _one(self, depth: int) -> Query:
        token = self.peek()
        if token is None:
            last = self._tokens[-1]
            raise UsageError(f"{last.text} at column {last.column} is the end of the query: a word must follow")
        if token.wanted is not None:
            self._next += 1
            return token.wanted
        if self._take("("):
            return self._parenthesis(token, depth)
        before = f" behind {self._tokens[self._next - 1].text}" if self._next else ""
        raise UsageError(f"{token.text} at column {token.column}{before}: a word is missing before it")

    def _parenthesis(self, opened: Token, depth: int) -> Query:
        if depth >= DEPTH_AT_MOST:
            raise UsageError(f"more than {DEPTH_AT_MOST} parentheses in each other at column {opened.column}")
        inside = self.query(depth + 1)
        if not self._take(")"):
            raise UsageError(f"the parenthesis opened at column {opened.column} is not closed")
        return inside
