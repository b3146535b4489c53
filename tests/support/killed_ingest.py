"""A program that runs ingests which die, as `killed_backfill` does with backfills."""

from typing import Any

from flows.ingest import stages
from flows.running.run import run_flow
from schemas.settings import Settings
from tests.support.killed_backfill import fuse_of, serve


def attempt(order: dict[str, Any]) -> None:
    """Poll every feed of the sources `slugs` (none: of all) until it is done or dead."""
    settings = Settings.model_validate(order["settings"])
    run_flow("ingest", stages, order["slugs"], settings, fuse_of(order), poll_all=True)


if __name__ == "__main__":
    serve(attempt)
