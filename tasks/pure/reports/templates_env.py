"""Page templates: what every page of a run is made with."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tasks.pure.reports.run_facts import moment, span
from tasks.pure.text.escaping import safe_line, web_href


@cache
def page_template(name: str) -> Template:
    """A page's template. Whatever it prints is put on one line without control characters, then escaped."""
    environment = Environment(
        loader=PackageLoader("tasks.pure.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "web_href": web_href,
        "moment": moment,
        "span": span,
        "iso": lambda at: at.isoformat(),
        "number": "{:,}".format,
        "percent": lambda part, whole: round(100 * part / whole),
        "words": lambda code: code.replace("_", " "),
    }
    return environment.get_template(f"{name}.html.j2")


def _seen(value: object) -> object:
    return safe_line(value) if type(value) is str else value
