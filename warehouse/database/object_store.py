"""The object store that holds the Parquet files of a warehouse: how a session gets to it."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.errors import SettingsError
from warehouse.database.address import quoted
from warehouse.database.session import Session

AMAZON = "s3.amazonaws.com"


class Store(NamedTuple):
    """Where the store is and who asks it, as CREATE SECRET takes it."""

    key_id: str
    secret: str
    token: str
    region: str
    endpoint: str
    url_style: str
    is_tls: bool

    def __repr__(self) -> str:
        return f"Store({self.endpoint!r})"


def open_store(session: Session, environment: Mapping[str, str]) -> None:
    """Let the session's instance, with httpfs loaded, read and write below s3://; raises as `store_of`."""
    session.rows("create_secret", **store_of(environment)._asdict())
    if bundle := environment.get("AWS_CA_BUNDLE"):
        session.script(f"SET GLOBAL ca_cert_file = {quoted(bundle)}")


def store_of(environment: Mapping[str, str]) -> Store:
    """The store that the AWS_* variables name, by those names that every S3 client reads. An endpoint of its
    own is spoken to with paths instead of hosts for buckets. Raises `SettingsError` that names what is missing.
    """
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        if not environment.get(name):
            raise SettingsError(f"{name} is not set: the warehouse's data lie in an object store")
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or f"https://{AMAZON}"
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError(f"AWS_ENDPOINT_URL = {endpoint!r}: must be http://HOST:PORT or https://HOST")
    return Store(
        key_id=environment["AWS_ACCESS_KEY_ID"],
        secret=environment["AWS_SECRET_ACCESS_KEY"],
        token=environment.get("AWS_SESSION_TOKEN", ""),
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint=parts.netloc + parts.path.rstrip("/"),
        url_style="vhost" if parts.netloc == AMAZON else "path",
        is_tls=parts.scheme == "https",
    )
