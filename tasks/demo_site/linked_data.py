"""Linked data: a story's JSON-LD, in the form that its outlet has settled on."""

import json

from tasks.demo_site.editions import Edition
from tasks.demo_site.outlets import TALBLICK, Outlet
from tasks.demo_site.stories import DemoStory

Node = dict[str, object]
"""A JSON-LD node; of any depth."""


def article_json_ld(story: DemoStory, edition: Edition, outlet: Outlet) -> str | None:
    """The content of the page's `application/ld+json` script; None: the page has none. Talblick prints
    a graph, the others one object."""
    if not story.has_json_ld:
        return None
    article = _article(story, edition, outlet)
    node = _graph(article, story, outlet) if outlet is TALBLICK else {"@context": "https://schema.org", **article}
    return json.dumps(node, ensure_ascii=False, indent=1).replace("</", "<\\/")


def _article(story: DemoStory, edition: Edition, outlet: Outlet) -> Node:
    node: Node = {
        "@type": "NewsArticle",
        "mainEntityOfPage": outlet.url(story.path),
        "headline": story.title,
        "description": story.dek or story.teaser,
        "articleSection": story.section,
        "inLanguage": story.language or outlet.language,
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": outlet.url("/")},
    }
    return node | _dates(story, edition, outlet) | _optional(story, outlet)


def _dates(story: DemoStory, edition: Edition, outlet: Outlet) -> Node:
    said = {"datePublished": edition.published_at(story), "dateModified": edition.modified_at(story)}
    return {name: at.astimezone(outlet.zone).isoformat() for name, at in said.items() if at}


def _optional(story: DemoStory, outlet: Outlet) -> Node:
    node: Node = {}
    if story.authors:
        node["author"] = [{"@type": "Person", "name": name} for name in story.authors]
    elif story.agency:
        node["author"] = {"@type": "Organization", "name": story.agency}
    if story.caption:
        node["image"] = {"@type": "ImageObject", "url": outlet.url(f"/media/{story.slug}.svg")}
    if story.tags:
        node["keywords"] = list(story.tags)
    if story.served == "paywall":
        node["isAccessibleForFree"] = False
        selector = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".locked"}
        node["hasPart"] = selector
    return node


def _graph(article: Node, story: DemoStory, outlet: Outlet) -> Node:
    page = outlet.url(story.path)
    crumbs = [(outlet.name, outlet.url("/")), (story.section, outlet.url("/"))]
    steps = [
        {"@type": "ListItem", "position": n, "name": name, "item": url} for n, (name, url) in enumerate(crumbs, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": outlet.url("/#website"), "name": outlet.name, "url": outlet.url("/")},
            {"@type": "WebPage", "@id": page, "name": f"{story.title} | {outlet.name}"},
            {"@type": "BreadcrumbList", "@id": f"{page}#breadcrumb", "itemListElement": steps},
            {"@id": f"{page}#article", **article},
        ],
    }
