"""Variants: the other addresses at which sites serve one page, read off a canonical URL."""

import re
from uuid import NAMESPACE_URL, UUID, uuid5

_PARTS = re.compile(r"https?://(?:(?:www|m|mobile|amp)\.)?(?P<host>[^/?#]+)(?P<path>[^?#]*)(?P<query>\?[^#]*)?")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)?/?$")
_AMP_PAIR = re.compile(r"(?:amp(?:=1|=true|=)?|outputType=amp)", re.IGNORECASE)
_HOSTS = ("", "www.", "m.", "mobile.", "amp.")
_ENDS = ("", "/", "/amp", "/amp/", ".amp")
_AMP_QUERIES = ("amp=1", "outputType=amp")


def variants(url: str) -> dict[UUID, str]:
    """The other forms of a canonical URL that sites use for one page, by the ids that they would have:
    http and https, with and without `www.`, mobile and AMP addresses, a slash at the end."""
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return {}
    pairs = [pair for pair in (parts["query"] or "")[1:].split("&") if pair and not _AMP_PAIR.fullmatch(pair)]
    path = _AMP_PATH.sub("", parts["path"])
    hosts = [f"{scheme}://{prefix}{parts['host']}" for scheme in ("https", "http") for prefix in _HOSTS]
    forms = [f"{host}{path}{end}{_joined(pairs)}" for host in hosts for end in _ENDS]
    forms += [
        f"{host}{path}{end}{_joined([*pairs, amp])}" for host in hosts for end in ("", "/") for amp in _AMP_QUERIES
    ]
    return {uuid5(NAMESPACE_URL, form): form for form in forms if form != url}


def _joined(pairs: list[str]) -> str:
    return "?" + "&".join(sorted(pairs)) if pairs else ""
