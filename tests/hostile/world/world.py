"""The world that the cases live in: sites, canary, dead addresses, names, and a machine to watch."""

import logging
import os
import resource
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from schemas.runs.report import RunReport
from schemas.settings import Settings
from tests.hostile.world import canary, certificates, good_publisher
from tests.hostile.world.harness import NOW, OWN_FEED, Case, CaseResult, Ledger
from tests.support.newsrooms import ingest
from tests.support.sites.raw_site import Behaviour, RawSite, answer

BLACK_HOLES = ("127.0.0.3", "::1")
"""Addresses that drop every SYN at the site's port: happy eyeballs and A09 meet them."""
NOBODY = "127.0.4.0/22"
"""Addresses that refuse every connection."""
DEADLINE_S = 5.0
SHORT: Mapping[str, Any] = {
    "connect_timeout_s": 1.5,
    "read_timeout_s": 2.0,
    "feed_deadline_s": DEADLINE_S,
    "article_deadline_s": DEADLINE_S,
    "sitemap_deadline_s": DEADLINE_S,
    "fetch_threads": 2,
    "pace_floor_s": 0.0,
    "disk_floor_mb": 0,
}
Resolvers = Mapping[str, Any]


@dataclass
class Aftermath:
    """What two runs over the same cases left. `grown_mb`: peak of the parent's memory above its start;
    `child_mb`: of the largest child, 0 where a larger one lived before; `strays`: files outside of the home;
    `left`: threads, descriptors and children more than before."""

    settings: Settings
    results: Mapping[str, CaseResult]
    first: RunReport
    second: RunReport
    canary: Sequence[str] = ()
    logged: str = ""
    grown_mb: float = 0.0
    child_mb: float = 0.0
    strays: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    asked: tuple[bytes, ...] = field(default=(), repr=False)


def meet(cases: Sequence[Case], folder: Path) -> Aftermath:
    """Two runs, 26 hours apart, over the good publisher and the cases; everything is watched."""
    before, peak_mb = _belongings(), children_peak_mb()
    with _watched(folder) as (home, seen):
        aftermath = _two_runs(cases, home, seen)
    aftermath.child_mb = children_peak_mb() if children_peak_mb() > peak_mb else 0.0
    aftermath.strays = tuple(sorted(str(p) for p in folder.rglob("*") if p.is_file() and home not in p.parents))
    aftermath.left = tuple(sorted(_belongings() - before))
    return aftermath


def warm_up(folder: Path) -> None:
    """One run over the good publisher alone, so that what loads late is loaded."""
    with _watched(folder) as (home, _), RawSite(good_publisher.pages()) as site:
        settings = _settings(home, (), site, {})
        _declare(settings, "good", f"http://{good_publisher.HOST}", ["/feed"])
        ingest(settings, NOW)


def _two_runs(cases: Sequence[Case], home: Path, seen: StringIO) -> Aftermath:
    with ExitStack() as stack:
        watch = stack.enter_context(canary.Canary())
        site = _enter_site(stack)
        own = {case.id: stack.enter_context(_own_site(case)) for case in cases if case.has_own_site}
        settings = _settings(home, cases, site, own)
        bases = {case.id: _open_case(case, own.get(case.id, site), settings) for case in cases}
        _declare(settings, "good", f"http://{good_publisher.HOST}", ["/feed"])
        stack.enter_context(_names({case.host: case.resolves for case in cases if case.resolves}))
        start_mb = _reset_peak_mb()
        first, second = ingest(settings, NOW), ingest(settings, NOW + timedelta(hours=26))
        runs, ledger = (first.run.run_id, second.run.run_id), Ledger(settings)
        results = {
            case.id: CaseResult(case, settings, own.get(case.id, site), bases[case.id], *runs, ledger)
            for case in cases
        }
        return Aftermath(
            settings, results, first, second, watch.connections, seen.getvalue(), _status_mb("VmHWM") - start_mb
        )


def _enter_site(stack: ExitStack) -> RawSite:
    """The site, at a port that the black holes can have too: other processes run tests beside this one."""
    for _ in range(100):
        with suppress(OSError), ExitStack() as trial:
            site = trial.enter_context(RawSite(good_publisher.pages()))
            trial.enter_context(_black_holes(int(site.address.rpartition(":")[2])))
            stack.enter_context(trial.pop_all())
            return site
    raise OSError("no port is free at every address")


def _own_site(case: Case) -> RawSite:
    return RawSite({}, case.address, case.tls, case.on_connect)


def _settings(home: Path, cases: Sequence[Case], site: RawSite, own: Mapping[str, RawSite]) -> Settings:
    port = site.address.rpartition(":")[2]
    mapped = [case for case in cases if case.resolves is None]
    hosts = [f"{case.host}={own.get(case.id, site).address}" for case in mapped]
    holes = [f"[{a}]:{port}" if ":" in a else f"{a}:{port}" for a in BLACK_HOLES]
    ca_file = home / "ca.pem"
    ca_file.write_bytes(certificates.ca_pem())
    return Settings.model_validate(
        {
            "home": home,
            "sources": home / "sources",
            "hosts": (f"{good_publisher.HOST}={site.address}", *hosts),
            "allow_addresses": (site.address, *holes, NOBODY, *(one.address for one in own.values())),
            "ca_file": str(ca_file),
            **SHORT,
        }
    )


def _open_case(case: Case, site: RawSite, settings: Settings) -> str:
    """Put the case's pages on its site and its source into the folder; returns the base of its URLs."""
    port = site.address.rpartition(":")[2]
    end = f"{case.host}:{port}" if case.resolves else case.host
    base = f"{'https' if case.tls or case.is_https else 'http'}://{end}"
    pages: dict[str, Behaviour] = dict(case.pages)
    if case.robots is not None:
        pages["/robots.txt"] = case.robots
    if case.feed is None:
        pages[OWN_FEED] = _feed([absolute(base, article, port) for article in case.articles])
    site.pages |= {end + path: page for path, page in pages.items()}
    feeds = [absolute(base, case.feed or OWN_FEED, port)]
    _declare(settings, case.slug, base, feeds, [absolute(base, s, port) for s in case.sitemaps], case)
    return base


def absolute(base: str, place: str, port: str) -> str:
    """The URL of a path of the case, or of a whole URL in which `{port}` is the site's."""
    return base + place if place.startswith("/") else place.replace("{port}", port)


def _feed(urls: Sequence[str]) -> bytes:
    items = "".join(
        f"<item><title>Entry {n}</title><link><![CDATA[{url}]]></link></item>" for n, url in enumerate(urls)
    )
    text = f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    return answer(text.encode(), "Content-Type: application/rss+xml; charset=utf-8")


def _declare(
    settings: Settings,
    slug: str,
    base: str,
    feeds: Sequence[str],
    sitemaps: Sequence[str] = (),
    case: Case | None = None,
) -> None:
    lines = [
        f'name = "{slug}"',
        f'homepage = "{base}/"',
        f"feeds = {[base + feed if feed.startswith('/') else feed for feed in feeds]!r}",
        f"sitemaps = {list(sitemaps)!r}",
        f'language = "{case.language if case else "en"}"',
        'country = "gb"',
        f'time_zone = "{case.time_zone if case else "UTC"}"',
        "pace_s = 0",
    ]
    settings.sources.mkdir(exist_ok=True)
    (settings.sources / f"{slug}.toml").write_text("\n".join(lines) + "\n")


@contextmanager
def _watched(folder: Path) -> Iterator[tuple[Path, StringIO]]:
    """A home among watched neighbours: working, temporary and user folder; passwords in the environment
    and in .netrc that nobody may use (C16), and a record of all that is logged or written to stderr."""
    for name in ("home", "cwd", "tmp", "user"):
        (folder / name).mkdir()
    netrc = folder / "user" / ".netrc"
    netrc.write_text(f"default login u password {canary.SECRET}\n")
    seen = StringIO()
    recorder = logging.StreamHandler(seen)
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(seen):
        patch.chdir(folder / "cwd")
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.setenv(name, f"http://u:{canary.SECRET}@{canary.END}")
        patch.setenv("TMPDIR", str(folder / "tmp"))
        patch.setenv("HOME", str(folder / "user"))
        patch.setenv("NETRC", str(netrc))
        patch.setattr(tempfile, "tempdir", None)
        level = logging.root.level
        logging.root.addHandler(recorder)
        logging.root.setLevel(logging.DEBUG)
        try:
            yield folder / "home", seen
        finally:
            logging.root.removeHandler(recorder)
            logging.root.setLevel(level)
    netrc.unlink()


@contextmanager
def _names(resolvers: Resolvers) -> Iterator[None]:
    """DNS of our own: names of cases are answered by them, all others do not exist, and nothing is asked
    outside of this machine."""
    real = socket.getaddrinfo

    def find(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        if _is_literal(host):
            return real(host, port, *more, **named)
        if host not in resolvers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in resolvers[host](host, port)
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", find)
        yield


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@contextmanager
def _black_holes(port: int) -> Iterator[None]:
    """Servers whose queue is full and never emptied: Linux drops what else comes."""
    with ExitStack() as stack:
        for address in BLACK_HOLES:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            stack.enter_context(socket.create_server((address, port), family=family, backlog=0))
            for _ in range(3):
                queued = stack.enter_context(socket.socket(family))
                queued.setblocking(False)
                queued.connect_ex((address, port))
        yield


def _belongings() -> frozenset[str]:
    """Threads, children and open files of this process, by name."""
    threads = {f"thread {thread.name}" for thread in threading.enumerate()}
    children = {f"child {pid}" for pid in _children()}
    handles = set()
    for handle in Path("/proc/self/fd").iterdir():
        try:
            handles.add(f"descriptor {handle.name} {os.readlink(handle)}")
        except OSError:
            continue
    return frozenset(threads | children | handles)


def _children() -> set[str]:
    """Their process ids. Where a thread ends meanwhile, its children are another's now: all are asked again."""
    while True:
        with suppress(FileNotFoundError):
            return {
                pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
            }


def _reset_peak_mb() -> float:
    """Forget the peak so far; resident memory now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status_mb("VmRSS")


def _status_mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def children_peak_mb() -> float:
    """The largest child that has ended, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
