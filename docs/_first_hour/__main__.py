"""`python -m docs._first_hour ENVIRONMENT PLACE [WORD …]`: walks all pages, or those whose path has one of the words,
with the `newsdesk` of an environment, by two readers in an empty folder PLACE. Ends with 1 where a page is not as it
says."""

import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from docs._first_hour.deeds import Deed, Run, Write, bare, deeds
from docs._first_hour.outlets import Outlets
from docs._first_hour.reader import Reader
from docs._first_hour.stand_ins import hosts
from docs._first_hour.walk import Walked
from tasks.demo_site.outlets import OUTLETS
from tasks.demo_site.site import Newsroom

ROOT = Path(__file__).parents[2]
README, TUTORIAL = "README.md", "docs/tutorial/first-run.md"
"""The pages that begin with nothing: one for each reader."""
ROOMS = ("how-to/", "explanation/", "reference/", "contributing")
Walk = tuple[str, Sequence[Deed]]


def main(environment: Path, place: Path, words: list[str]) -> int:
    """Walk the pages, print what was not run and what is wrong; the exit code."""
    begun = time.monotonic()
    walks, of_no_page = _walks()
    chosen = [one for one in walks if not words or any(word in one[0] for word in words)]
    with ExitStack() as stack:
        outlets = stack.enter_context(Outlets(_hosts(walks)))
        rooms = [stack.enter_context(Newsroom(datetime.now(UTC))) for _ in range(2)]
        readers = [Reader(environment, place / name, room, outlets) for name, room in zip("ab", rooms, strict=True)]
        walked = _walk_all(readers, chosen if words else [*chosen, of_no_page])
    _tell(walked)
    print(f"{sum(each.ran for each in walked)} commands, {sum(each.compared for each in walked)} outputs compared,")
    print(f"{sum(len(each.faults) for each in walked)} faults, {time.monotonic() - begun:.0f} s")
    return 1 if any(each.faults for each in walked) else 0


def _walks() -> tuple[list[Walk], Walk]:
    """Every page with its deeds, in the order in which they are read, and the commands that no page gives."""
    below = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    pages = [README, TUTORIAL, *(page for room in ROOMS for page in below if page.startswith(f"docs/{room}"))]
    given: set[str] = set()
    walks: list[Walk] = [(page, deeds((ROOT / page).read_text(encoding="utf-8"), given)) for page in pages]
    return walks, ("commands that no page gives", bare(given))


def _hosts(walks: Sequence[Walk]) -> set[str]:
    """The outlets of the pages' commands and files, but for those of the demo."""
    texts = [
        deed.command if isinstance(deed, Run) else deed.text
        for _, each in walks
        for deed in each
        if isinstance(deed, Run | Write)
    ]
    return {host for text in texts for host in hosts(text)} | {"weekly.example"} - {outlet.host for outlet in OUTLETS}


def _walk_all(readers: Sequence[Reader], walks: Sequence[Walk]) -> list[Walked]:
    """Both readers at once: each begins with nothing, then they share the pages that begin with rows."""
    of = dict(walks)
    with ThreadPoolExecutor(len(readers)) as pool:
        first = [
            pool.submit(reader.walk_from_nothing, page, of.pop(page, ()))
            for reader, page in zip(readers, (README, TUTORIAL), strict=True)
        ]
        walked = [each.result() for each in first]
        if not of:
            return walked
        if not walked[1].ran:
            readers[1].polls_both_editions()
        for reader in readers:
            reader.takes_rows(readers[1])
        free: SimpleQueue[Reader] = SimpleQueue()
        for reader in readers:
            free.put(reader)
        return walked + list(pool.map(lambda one: _walk_free(free, *one), of.items()))


def _walk_free(free: "SimpleQueue[Reader]", page: str, done: Sequence[Deed]) -> Walked:
    reader = free.get()
    try:
        return reader.walk_with_rows(page, done)
    finally:
        free.put(reader)


def _tell(walked: list[Walked]) -> None:
    print("\nNot run, and why:")
    for each in walked:
        for skip in each.skipped:
            print(f"  {each.page}:{skip.line}: {skip.what[:70]}: {skip.reason}")
    for each in walked:
        for fault in each.faults:
            print(f"\nFAULT {fault}")


if __name__ == "__main__":
    environment, place, *words = sys.argv[1:]
    shutil.rmtree(place, ignore_errors=True)
    sys.exit(main(Path(environment).resolve(), Path(place).resolve(), words))
