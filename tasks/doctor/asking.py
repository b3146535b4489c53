"""Examines what publishers see and say of us: the sources, the contact address, and what robots.txt files say."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from schemas.runs.doctor import ExaminedPart
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.doctor.parts import fine, not_checked, warning, wrong
from tasks.politeness.robots import rules_of
from tasks.pure.urls.domains import origin_of
from tasks.sources.source_folder import SourceFolder
from tasks.web.client import user_agent
from tasks.web.contact import RESERVED, need_contact
from warehouse.hot.state import RobotsEntry

AGENT = user_agent("", "")
NAMED_AT_MOST = 5
SLOW_S = 60.0
"""A Crawl-delay above this one keeps a source from being read in time."""


def examine_sources(folder: SourceFolder) -> ExaminedPart:
    """The source files: how many are read, and which are wrong."""
    polled = [source for source in folder.sources if source.enabled]
    if wrongs := [fault for fault in folder.faults if not fault.is_ignored]:
        told = f"{len(wrongs)} files are wrong, so their sources are left out: {wrongs[0].message}"
        return wrong("sources", told, "correct the line that is named; `newsdesk sources check` names all")
    if not polled:
        return warning("sources", "no source is polled", "add one: `newsdesk sources add URL`")
    return fine("sources", f"{len(polled)} are polled, {len(folder.sources) - len(polled)} are not enabled")


def examine_contact(settings: Settings, sources: Sequence[Source]) -> ExaminedPart:
    """Whether publishers can reach the operator. Raises `SettingsError` where a source may not be asked without."""
    need_contact(settings, (url for source in sources if source.enabled for url in source.urls))
    if not settings.contact:
        return fine("contact", "none is set, and no source of the open internet needs one")
    host = (urlsplit(settings.contact).hostname or settings.contact.rpartition("@")[2]).lower()
    if any(host == name or host.endswith(f".{name}") for name in RESERVED):
        told = f"{settings.contact!r} is an address of examples: publishers cannot reach you"
        return warning("contact", told, "set NEWSDESK_CONTACT, or `contact` in newsdesk.toml, to an address of yours")
    return fine("contact", f"publishers see {settings.contact!r}")


def examine_robots(entries: Mapping[str, RobotsEntry], sources: Sequence[Source]) -> ExaminedPart:
    """What the robots.txt files that were fetched last say of our user agent. Nothing is requested."""
    urls = {source.slug: source.urls for source in sources if source.enabled and not source.muted}
    said = [told for slug, places in urls.items() for url in places if (told := _said(entries, slug, url))]
    hosts = {origin_of(url) for places in urls.values() for url in places}
    known = [entries[host] for host in hosts if host in entries]
    if not known:
        return not_checked("robots", "no robots.txt of a source was fetched yet")
    named = sum(entry.kind == "rules" and rules_of(entry).names(AGENT) for entry in known)
    counted = f"robots.txt of {len(known)} of {len(hosts)} hosts: {named} name {AGENT!r}"
    if said:
        more = f" and {len(said) - NAMED_AT_MOST} more" if len(said) > NAMED_AT_MOST else ""
        fix = "ask the publisher, or remove the feed from the source's file: a robots.txt is always obeyed"
        return warning("robots", f"{counted}; {'; '.join(said[:NAMED_AT_MOST])}{more}", fix)
    return fine("robots", f"{counted}, and all let every feed and sitemap be fetched")


def _said(entries: Mapping[str, RobotsEntry], slug: str, url: str) -> str | None:
    """What keeps a feed from being fetched as wanted; None: nothing does, or its robots.txt was not fetched."""
    entry = entries.get(origin_of(url))
    if entry is None or entry.kind == "allow":
        return None
    if entry.kind == "deny":
        return f"{slug}: {entry.detail or 'robots.txt could not be fetched'}"
    rules = rules_of(entry)
    if not rules.allows(url, AGENT):
        return f"{slug}: it forbids {url!r}"
    delay_s = rules.crawl_delay_s(AGENT) or 0.0
    return f"{slug}: it asks for {delay_s:,.0f} s between two requests" if delay_s > SLOW_S else None
