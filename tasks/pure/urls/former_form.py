"""The canonical form that versions up to 0.1 gave: stored rows keep it (docs/decisions/0060)."""

from functools import lru_cache

from ada_url import URL
from w3lib.url import canonicalize_url

_SETTLES_IN = 5


def former_form(canonical_url: str) -> str:
    """The form that a canonical URL had in those versions, in which w3lib unescaped `%26`, `%3D` and other reserved
    characters of the path, sorted each query, and added `=` to a query that is a bare value. The same URL where
    nothing has changed."""
    path, mark, query = canonical_url.partition("?")
    parts = query.split("&") if mark else []
    is_same = "%" not in path and all("=" in part and "/" not in part and ";" not in part for part in parts)
    return canonical_url if is_same else _former_form(canonical_url)


@lru_cache(maxsize=16_384)
def _former_form(url: str) -> str:
    for _ in range(_SETTLES_IN):
        before, url = url, URL(canonicalize_url(url)).href
        if url == before:
            break
    return url
