"""The Jinja environment of every HTML page."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tasks.pure.reports.wording import moment, span
from tasks.pure.text.escaping import safe_line, web_href


@cache
def page_template(name: str) -> Template:
    """The template of a page. It prints every text on one line, without control characters, escaped; a text that
    keeps its line ends goes through the filter `e` instead, which escapes and nothing else."""
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
        "number": "{:,}".format,
        "percent": lambda part, whole: round(100 * part / whole),
        "words": lambda code: code.replace("_", " "),
    }
    return environment.get_template(f"{name}.html.j2")


def _on_one_line(value: object) -> object:
    return safe_line(value) if type(value) is str else value
