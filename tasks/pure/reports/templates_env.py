"""The Jinja environment of every HTML page."""

from datetime import UTC
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tasks.pure.reports.wording import counted, moment, short_day, short_moment, span
from tasks.pure.text.escaping import language_tag, safe_line, web_href


@cache
def page_template(name: str) -> Template:
    """The template of a page. It prints every text on one line, without control characters, escaped; a text that
    keeps its line ends goes through the filter `e` instead, which escapes and nothing else."""
    return _environment().get_template(f"{name}.html.j2")


@cache
def style_sheet(*rooms: str) -> str:
    """The style sheets of these rooms, one behind the other."""
    loader = PackageLoader("tasks.pure.reports")
    return "".join(loader.get_source(_environment(), f"{room}/style.css")[0] for room in rooms)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tasks.pure.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_on_one_line,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "web_href": web_href,
        "moment": lambda at, zone: moment(at, zone, has_zone=False),
        "span": span,
        "iso": lambda at: at.isoformat(),
        "iso_minute": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}",
        "iso_day": lambda at: f"{at:%Y-%m-%d}",
        "short": short_moment,
        "short_day": short_day,
        "counted": counted,
        "language_tag": language_tag,
        "number": "{:,}".format,
        "percent": lambda part, whole: round(100 * part / whole),
        "words": lambda code: code.replace("_", " "),
    }
    return environment


def _on_one_line(value: object) -> object:
    return safe_line(value) if type(value) is str else value
