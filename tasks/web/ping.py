"""Asks the URL of a dead-man switch: a monitor that tells somebody when it is no longer asked."""

from importlib.metadata import version

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout

from schemas.settings import Settings
from tasks.web.client import user_agent

TIMEOUT = Timeout(connect=5.0, read=5.0)
TRIES = Retry(total=2, backoff_factor=1.0, status_forcelist=(500, 502, 503, 504), redirect=2)


def ping(settings: Settings) -> str | None:
    """GET the URL of the settings, three times at most, 10 s each; returns why it was not taken, without the URL.
    None: it was taken, or there is none. The address guard does not apply: the operator named the URL."""
    url = settings.ping_url.get_secret_value()
    if not url:
        return None
    ca_certs = settings.ca_file or None
    headers = {"User-Agent": user_agent(version("newsdesk"), settings.contact)}
    try:
        with (
            urllib3.ProxyManager(settings.proxy, ca_certs=ca_certs)
            if settings.proxy
            else urllib3.PoolManager(ca_certs=ca_certs)
        ) as pool:
            answer = pool.request("GET", url, headers=headers, timeout=TIMEOUT, retries=TRIES)
    except HTTPError as error:
        return type(error).__name__
    return None if answer.status < 400 else f"status {answer.status}"
