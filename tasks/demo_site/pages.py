"""Pages: an outlet's articles, walls and front page as HTML."""

from html import escape

from tasks.demo_site.editions import Edition, local_date
from tasks.demo_site.layouts import Layout, read_layout
from tasks.demo_site.linked_data import article_json_ld
from tasks.demo_site.markup import render_blocks, story_values
from tasks.demo_site.outlets import Outlet
from tasks.demo_site.stories import DemoStory, read_stories

FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


def story_page(story: DemoStory, edition: Edition, outlet: Outlet, ad: str) -> str:
    """The page at the story's URL: the article, or the wall or error page that stands in its place. `ad`
    names the advertisement of this answer, where the outlet has any."""
    layout = read_layout(outlet.slug)
    if story.served in ("consent", "soft_404"):
        page = layout.fill(story.served, **story_values(story))
        return _document(outlet, layout, title=layout.fill(f"{story.served}_title"), head="", main=page, ad=ad)
    main = layout.fill("article", **_article_parts(story, edition, outlet, layout))
    head = _head(story, edition, outlet, layout)
    language = story.language or outlet.language
    title = escape(story.title)
    return _document(outlet, layout, title, head, main, ad, charset=story.charset, language=language)


def front_page(edition: Edition, outlet: Outlet, ad: str) -> str:
    """The outlet's home page: every story by section, and where the feeds are."""
    layout = read_layout(outlet.slug)
    feeds = (
        f'<link rel="alternate" type="{FEED_TYPES[kind]}" title="{escape(outlet.name)}" href="{path}">'
        for path, kind in outlet.feeds.items()
        if kind in FEED_TYPES
    )
    points = "\n".join(_front_point(story, edition, outlet, layout) for story in edition.stories(outlet))
    main = layout.fill("front", points=points)
    return _document(outlet, layout, escape(outlet.slogan), "\n".join(feeds), main, ad)


def missing_page(outlet: Outlet, ad: str) -> str:
    """The page of a URL that the outlet does not know."""
    layout = read_layout(outlet.slug)
    return _document(outlet, layout, layout.fill("missing_title"), "", layout.fill("missing"), ad)


def _document(
    outlet: Outlet,
    layout: Layout,
    title: str,
    head: str,
    main: str,
    ad: str,
    charset: str = "utf-8",
    language: str | None = None,
) -> str:
    values = {"title": title, "head": head, "main": main, "ad": ad, "charset": charset}
    return layout.fill("document", **values, site=escape(outlet.name), language=language or outlet.language)


def _front_point(story: DemoStory, edition: Edition, outlet: Outlet, layout: Layout) -> str:
    published = edition.published_at(story)
    date = local_date(published, outlet) if published else ""
    return layout.fill("front_point", **story_values(story), section=escape(story.section), date=date)


def _head(story: DemoStory, edition: Edition, outlet: Outlet, layout: Layout) -> str:
    image = outlet.url(f"/media/{story.slug}.svg") if story.caption else None
    graph = {
        "og:type": "article",
        "og:site_name": outlet.name,
        "og:locale": outlet.locale,
        "og:title": story.title,
        "og:description": story.teaser,
        "og:url": outlet.url(story.path),
        "og:image": image,
        "article:section": story.section,
    }
    lines = [f'<meta property="{name}" content="{escape(value)}">' for name, value in graph.items() if value]
    lines += [f'<meta property="article:tag" content="{escape(tag)}">' for tag in story.tags]
    lines += _dates(story, edition, outlet, layout, "meta_published", "meta_modified")
    description = f'<meta name="description" content="{escape(story.dek or story.teaser)}">'
    canonical = f'<link rel="canonical" href="{outlet.url(story.path)}">'
    json_ld = article_json_ld(story, edition, outlet)
    script = f'<script type="application/ld+json">{json_ld}</script>' if json_ld else ""
    return "\n".join([description, canonical, *lines, script])


def _dates(story: DemoStory, edition: Edition, outlet: Outlet, layout: Layout, *fragments: str) -> list[str]:
    dates = (edition.published_at(story), edition.modified_at(story))
    return [
        layout.fill(fragment, at=at.astimezone(outlet.zone).isoformat(), text=local_date(at, outlet))
        for fragment, at in zip(fragments, dates, strict=True)
        if at
    ]


def _article_parts(story: DemoStory, edition: Edition, outlet: Outlet, layout: Layout) -> dict[str, str]:
    optional: dict[str, dict[str, str | None]] = {
        "dek": {"text": story.dek},
        "byline": {"names": outlet.between_names.join(story.authors)},
        "agency": {"name": story.agency},
        "bio": {"text": story.bio},
        "subscribe": {"title": story.title if story.served == "paywall" else None},
    }
    filled = {
        name: layout.fill_known(name, **{key: value and escape(value) for key, value in values.items()})
        for name, values in optional.items()
    }
    return filled | {
        "title": escape(story.title),
        "section": escape(story.section),
        "dates": "\n".join(_dates(story, edition, outlet, layout, "published", "modified")),
        "photo": _lead_photo(story, layout),
        "body": _body(story, edition, layout),
        "more": "".join(layout.fill("more_point", **story_values(other)) for other in _others(story)),
        "tags": "".join(layout.fill("tag", text=escape(tag)) for tag in story.tags),
    }


def _lead_photo(story: DemoStory, layout: Layout) -> str:
    if not story.caption:
        return ""
    credit = escape(story.credit or story.agency or "")
    return layout.fill("photo", caption=escape(story.caption), credit=credit, image=f"/media/{story.slug}.svg")


def _body(story: DemoStory, edition: Edition, layout: Layout) -> str:
    blocks = story.lead_paragraphs if story.served == "paywall" else story.blocks
    if edition.is_corrected(story) and story.correction:
        blocks = (*blocks, story.correction)
    by_slug = {other.slug: other for other in read_stories(story.outlet)}
    return render_blocks(blocks, layout, by_slug.__getitem__)


def _others(story: DemoStory) -> tuple[DemoStory, ...]:
    """Three stories for the foot of the page, the same in every edition."""
    candidates = [s for s in read_stories(story.outlet) if s.served == "article" and s.since_edition == 1]
    start = sum(ord(letter) for letter in story.slug) % len(candidates)
    rotated = [*candidates[start:], *candidates[:start]]
    return tuple(other for other in rotated if other is not story)[:3]
