"""`newsdesk mcp`: tools for an assistant, over standard input and output."""

from flows.cli.session import settings_here
from schemas.errors import UsageError


def mcp() -> None:
    """Answer an assistant by the Model Context Protocol on standard input and output: search, articles, versions,
    stories, sources, read-only SQL. An assistant's program starts this command."""
    settings = settings_here()
    try:
        from flows.serving.mcp_tools import mcp_server_of
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("mcp"):
            raise
        raise UsageError("the package mcp is not installed: pip install 'newsdesk[mcp]'") from error
    mcp_server_of(settings).run("stdio")
