"""`newsdesk version`: the version of this installation."""

from importlib.metadata import version as version_of

from flows.cli.output import AsJson, print_json


def version(as_json: AsJson = False) -> None:
    """Print the version."""
    if as_json:
        print_json({"version": version_of("newsdesk")})
    else:
        print(f"newsdesk {version_of('newsdesk')}")
