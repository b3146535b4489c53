"""Articles that a person names by an id, a URL or words of the headline, and the texts of their versions."""

from pathlib import Path
from uuid import UUID

from schemas.history.article_texts import ArticleMatch, Matches, Reference, VersionText
from warehouse.database.connection import Session
from warehouse.reader.file import Reader

CANDIDATES = 5
"""Articles at most that are proposed: what a person reads at a glance."""
LEAST_ALIKE = 0.5
"""Share of the words that an article must have in headline or URL to be proposed."""
MEANT_AT_MOST = 20


def find_articles(reader_path: Path, reference: Reference) -> Matches:
    """The articles that the reference names, the newest first; where it names none, those that come closest. Words
    name an article if any version's headline has all of them, whatever their order, case and accents; a headline
    that is just these words comes alone."""
    with Reader(reader_path) as session:
        meant = _meant(session, reference)
        if meant or not reference.words:
            return Matches(tuple(meant))
        near = session.models(
            "select_articles_near",
            ArticleMatch,
            words=list(reference.words),
            host=reference.host,
            text=reference.text,
            least=LEAST_ALIKE,
            limit=CANDIDATES,
        )
        return Matches((), tuple(near))


def version_texts(reader_path: Path, article_id: UUID) -> tuple[VersionText, ...]:
    """The versions of the article with their texts, in the order of their fetches; empty if it is unknown."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_version_texts", VersionText, id=article_id))


def _meant(session: Session, reference: Reference) -> list[ArticleMatch]:
    if reference.id_start:
        return session.models("select_articles_by_id", ArticleMatch, start=reference.id_start)
    for url, form in reference.urls:
        urls = [row[0] for row in session.rows("select_story_urls", url=url, form=form)]
        found = session.models("select_articles_of_urls", ArticleMatch, urls=urls) if urls else []
        if found:
            own = [one for one in found if one.canonical_url in (url, form)]
            return own or found
    if reference.urls:
        return []
    return session.models(
        "select_articles_by_words",
        ArticleMatch,
        words=list(reference.words),
        text=reference.text,
        limit=MEANT_AT_MOST,
    )
