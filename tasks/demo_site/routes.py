"""The response of an outlet at each path."""

from tasks.demo_site.editions import Edition
from tasks.demo_site.feeds import WRITERS, listed_stories
from tasks.demo_site.outlets import Outlet
from tasks.demo_site.pages import front_page, missing_page, story_page
from tasks.demo_site.responses import Response, with_validators
from tasks.demo_site.stories import DemoStory

HTML = "text/html; charset=utf-8"
"""Said of every page, also of the one in windows-1251: there the header lies and the page's meta tells the
truth. By WHATWG's order the header wins, but the bytes are no valid UTF-8, so that a reader who checks
falls back to the meta. (The other way round, UTF-8 called windows-1251, no check could find out.)"""


def respond(outlet: Outlet, path: str, edition: Edition, ad: str) -> Response:
    """The answer of an outlet at `path` (no query); `ad` makes pages with advertisements differ."""
    if path in outlet.feeds:
        return _feed(outlet.feeds[path], edition, outlet)
    if path == "/robots.txt" and outlet.robots is not None:
        return Response(200, "text/plain; charset=utf-8", outlet.robots.encode())
    if path.startswith("/media/") and path.endswith(".svg"):
        return Response(200, "image/svg+xml", _picture(path))
    if path == "/":
        return Response(200, HTML, front_page(edition, outlet, ad).encode())
    story = next((story for story in edition.stories(outlet) if story.path == path), None)
    if story is None or story.served == "gone":
        return Response(404, HTML, missing_page(outlet, ad).encode())
    return _story(story, edition, outlet, ad)


def _feed(kind: str, edition: Edition, outlet: Outlet) -> Response:
    media_type, write = WRITERS[kind]
    newest_at = edition.newest_at(listed_stories(kind, edition, outlet))
    return with_validators(Response(200, media_type, write(edition, outlet)), newest_at)


def _story(story: DemoStory, edition: Edition, outlet: Outlet, ad: str) -> Response:
    body = story_page(story, edition, outlet, ad).encode(story.charset)
    response = Response(200, HTML, body)
    if not outlet.has_validators:
        return response
    return with_validators(response, edition.modified_at(story) or edition.published_at(story))


def _picture(path: str) -> bytes:
    """A drawing of hills in the path's own colour, so that pages look like pages."""
    hue = sum(path.encode()) % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675">'
        f'<rect width="1200" height="675" fill="hsl({hue},45%,78%)"/>'
        f'<circle cx="{200 + hue * 2}" cy="190" r="70" fill="hsl({hue + 40},80%,90%)"/>'
        f'<path d="M0 470 Q300 {260 + hue % 90} 620 450 T1200 400 V675 H0Z" fill="hsl({hue},35%,52%)"/>'
        f'<path d="M0 580 Q400 {420 + hue % 70} 760 560 T1200 520 V675 H0Z" fill="hsl({hue},38%,34%)"/></svg>'
    ).encode()
