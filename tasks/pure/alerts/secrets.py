"""Variables of the environment in the URL of a route, and what must never be printed of it."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from schemas.errors import SettingsError
from tasks.pure.text.escaping import safe_line

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SECRET_CHARS = 4
"""A shorter part of a URL is no secret, and blotting it out would spoil any text."""
BLOT = "****"


class Expanded(NamedTuple):
    """The URL with its variables, and every text that must not be printed."""

    url: str
    secrets: frozenset[str]

    def blotted(self, text: str) -> str:
        """The text on one line, with every secret blotted out."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, BLOT)
        return safe_line(text)


def expanded(url: str, environment: Mapping[str, str], where: str) -> Expanded:
    """The URL with the value of each `${NAME}`, percent-encoded where it is a part of the URL. Raises `SettingsError`
    that names `where` and the variable, where it is not set or empty."""
    names = _VARIABLE.findall(url)
    for name in names:
        if not environment.get(name):
            raise SettingsError(
                f"{where}: the variable {name} is not set; set it where newsdesk runs: export {name}=…"
            )
    values = {name: environment[name] for name in names}
    if len(names) == 1 and _VARIABLE.fullmatch(url):
        whole = values[names[0]].strip()
        return Expanded(whole, _parts(whole))
    full = _VARIABLE.sub(lambda found: quote(values[found[1]], safe=""), url)
    return Expanded(full, _parts(full) | frozenset(values.values()))


def _parts(url: str) -> frozenset[str]:
    """The texts of a URL that may be secrets: everything but its scheme. The names of hosts are among them, since
    they are tokens at some services."""
    _, _, rest = url.partition("://")
    words = [*re.split(r"[/?&=:@;,#]", rest), *_credentials(url)]
    return frozenset(_long({*words, *map(unquote, words), rest, url}))


def _credentials(url: str) -> Iterable[str]:
    try:
        parts = urlsplit(url)
        return [text for text in (parts.username, parts.password) if text]
    except ValueError:
        return []


def _long(words: Iterable[str]) -> Iterable[str]:
    harmless = {"localhost", "true", "false", "text", "html", "markdown", "insecure", "starttls", "format", "mode"}
    return (word for word in words if len(word) >= _SECRET_CHARS and word.lower() not in harmless)
