"""Sentences that speak to a visitor of a page about the page, and not to a reader about the world."""

from collections.abc import Iterator

from tasks.pure.article.labels.phrase import fold
from tasks.pure.article.labels.phrase_book import phrase_book


def is_of_a_gate(paragraph: str) -> bool:
    """Whether a paragraph speaks to a visitor about browser, robots, cookies, log-in or the missing page, as the text
    of challenge, consent, log-in and error pages does, and that of an article on these matters does not: words of one
    language for such a subject and for the visitor."""
    folded = fold(paragraph)
    spoken_to = frozenset(_languages("visitor.address", paragraph, folded))
    return bool(spoken_to) and any(
        language in spoken_to for language in _languages("visitor.subjects", paragraph, folded)
    )


def _languages(name: str, text: str, folded: str) -> Iterator[str]:
    return (one.language for one in phrase_book().of(name) if one.search(text, folded))
