"""The services of an installation: long-lived processes that `newsdesk up` starts and keeps running."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Installation(BaseModel):
    """One installation. Paths are absolute, as services run in folders of their own."""

    model_config = ConfigDict(frozen=True)

    home: Path = Field(description="NEWSDESK_HOME.")
    sources: Path = Field(description="NEWSDESK_SOURCES.")
    settings_file: Path | None = Field(None, description="NEWSDESK_SETTINGS; None: there is no settings file.")
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(4200, description="Its port.")
    reports_port: int = Field(0, description="Port of its address at which the reports are served; 0: they are not.")
    postgres: SecretStr = Field(
        SecretStr(""), description="URL of the server's PostgreSQL; empty: SQLite below home."
    )
    redis: SecretStr = Field(SecretStr(""), description="URL of Redis, for several server processes; empty: none.")
    processes: int = Field(1, ge=1, description="Server processes; more than one needs PostgreSQL and Redis.")
    is_served: bool = Field(False, description="Flows run in one serving process instead of a worker's.")

    @property
    def url(self) -> str:
        """The URL of the server in a browser."""
        return f"http://{self.host}:{self.port}"

    @property
    def api_url(self) -> str:
        """The URL of the server's API."""
        return f"{self.url}/api"

    @property
    def reports_url(self) -> str:
        """The URL of the reports in a browser; empty: they are not served."""
        return f"http://{self.host}:{self.reports_port}" if self.reports_port else ""


class Service(BaseModel):
    """One process. `command` has its arguments, `environment` the variables besides those of its parent."""

    model_config = ConfigDict(frozen=True)

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
