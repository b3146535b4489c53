"""The link by which a known URL is fetched again when a person asks for it."""

from schemas.items.link import Link, UrlKind
from schemas.runs.url_history import UrlHistory


def known_link(story: UrlHistory) -> Link | None:
    """The link that led to the URL's last page, with the facts of its entry; where no page was captured, that of its
    last outcome. None: it was never taken up as an article."""
    pages = [each for each in story.captures if each.kind is UrlKind.ARTICLE]
    ended = [each for each in story.outcomes if each.kind is UrlKind.ARTICLE]
    if pages:
        last = pages[-1]
        seen = [each for each in story.sightings if each.run_id == last.run_id and each.url == last.url]
        link = Link(url=last.url, source=last.source, found_in=last.found_in, found_at=last.found_at)
        known = {"known_as": last.known_as} | ({"entry": seen[-1].entry} if seen else {})
        return link.model_copy(update=known)
    if ended:
        last_end = ended[-1]
        found_in = last_end.found_in or f"source:{last_end.source}"
        return Link(url=last_end.url, source=last_end.source, found_in=found_in, found_at=last_end.at)
    return None
