"""Outlets: who they are, where they live and what they speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Outlet:
    """One outlet. `feeds` maps a path to the format served there, `months` are those of its dates,
    January first, `date_form` their order. `has_validators` is about its pages; feeds always have them."""

    slug: str
    name: str
    slogan: str
    language: str
    locale: str
    zone: ZoneInfo
    feeds: Mapping[str, str]
    months: tuple[str, ...]
    date_form: str
    between_names: str
    robots: str | None
    has_validators: bool
    is_compressed: bool

    @property
    def host(self) -> str:
        """Its virtual host, without a port."""
        return f"{self.slug}.example"

    def url(self, path: str) -> str:
        """`path` on its site."""
        return f"http://{self.host}{path}"


_ENGLISH = "January February March April May June July August September October November December"
_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_UKRAINIAN = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"

HARBOUR_GAZETTE = Outlet(
    slug="harbour-gazette",
    name="The Harbour Gazette",
    slogan="Port Averley and the coast, every day",
    language="en",
    locale="en_GB",
    zone=ZoneInfo("Europe/London"),
    feeds={"/rss/news.xml": "rss"},
    months=tuple(_ENGLISH.split()),
    date_form="{day} {month} {year}, {clock}",
    between_names=" and ",
    robots="User-agent: *\nDisallow: /members/\n",
    has_validators=False,
    is_compressed=False,
)
TALBLICK = Outlet(
    slug="talblick",
    name="Talblick",
    slogan="Nachrichten aus Hohenbrenn und dem Grellachtal",
    language="de",
    locale="de_DE",
    zone=ZoneInfo("Europe/Berlin"),
    feeds={"/feed/atom.xml": "atom"},
    months=tuple(_GERMAN.split()),
    date_form="{day}. {month} {year}, {clock} Uhr",
    between_names=" und ",
    robots=None,
    has_validators=True,
    is_compressed=True,
)
DNIPRO_VISNYK = Outlet(
    slug="dnipro-visnyk",
    name="Дніпро-Вісник",
    slogan="Новини Вербополя та громади",
    language="uk",
    locale="uk_UA",
    zone=ZoneInfo("Europe/Kyiv"),
    feeds={"/feed.json": "json", "/sitemap-news.xml": "sitemap"},
    months=tuple(_UKRAINIAN.split()),
    date_form="{day} {month} {year}, {clock}",
    between_names=", ",
    robots="User-agent: *\nDisallow: /admin/\n\nSitemap: http://dnipro-visnyk.example/sitemap-news.xml\n",
    has_validators=True,
    is_compressed=True,
)
OUTLETS = (HARBOUR_GAZETTE, TALBLICK, DNIPRO_VISNYK)
