"""`newsdesk serve`: pages, API and feeds of the home over HTTP."""

from typing import Annotated

import typer

from flows.cli.output import tell
from flows.cli.session import settings_here
from schemas.errors import SettingsError


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0: a free one.", min=0, max=65535)] = 4280,
) -> None:
    """Show the news of this home in a browser: pages, search and feeds, and an API for programs. Read-only."""
    settings = settings_here()
    from flows.serving.guard import is_loopback
    from flows.serving.listen import listen

    if not is_loopback(host) and not settings.serve_token.get_secret_value():
        raise SettingsError(
            f"whoever reaches {host} could read everything: set NEWSDESK_SERVE_TOKEN to a long random text, or "
            "stay on 127.0.0.1 behind a reverse proxy"
        )
    if not settings.reader_path.is_file():
        tell(f"there is nothing to show yet: run `newsdesk ingest` (home: {str(settings.home)!r})")
    listen(settings, host, port, tell)
