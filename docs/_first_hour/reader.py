"""A new reader: an empty home, an almost empty environment, no rights, and outlets on loopback."""

import os
import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from docs._first_hour.deeds import Deed
from docs._first_hour.outlets import Outlets
from docs._first_hour.shell import Shell
from docs._first_hour.walk import Walked, walk
from tasks.demo_site.site import Newsroom

NOBODY = "65534"
FILES = (
    """echo '<opml version="2.0"><body><outline type="rss" text="Weekly" xmlUrl="http://weekly.example/feed.xml"/>"""
    "</body></opml>' > subscriptions.opml"
    " && newsdesk sql 'SELECT url FROM main.articles LIMIT 3' --format csv > list.csv"
    " && newsdesk archive export --since 1d --warc captures.warc.gz"
)
FOLDERS = ("srv", "mnt", "var/log", "var/lib")
"""Below the root of a machine."""
"""The reader's own files that pages name."""


class Reader:
    """Walks pages, each in an empty home, or in one with the articles of two editions of the newsroom."""

    def __init__(self, environment: Path, place: Path, newsroom: Newsroom, outlets: Outlets) -> None:
        self._environment, self._newsroom = environment, newsroom
        self._root, self._home, self._rows = place / "root", place / "home", place / "rows"
        for folder in (self._root, self._home):
            folder.mkdir(parents=True)
            folder.chmod(0o777)
        place.chmod(0o777)
        variables = {
            "HOME": str(self._home),
            "PATH": f"{environment}/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "NEWSDESK_HOSTS": f"{newsroom.hosts},{outlets.hosts}",
            "NEWSDESK_ALLOW_ADDRESSES": f"{newsroom.allow},{outlets.allow}",
        }
        self._shell = Shell(place, variables, without_rights(environment / "bin" / "python"))

    def walk_from_nothing(self, page: str, deeds: Iterable[Deed]) -> Walked:
        """Walk a page that begins in a new checkout."""
        self._empty()
        return walk(page, deeds, self._shell, self._root)

    def walk_with_rows(self, page: str, deeds: Iterable[Deed]) -> Walked:
        """Walk a page that begins in a folder of `newsdesk init`, whose home has articles."""
        self._empty()
        self._do(f"cp -a {self._rows} news && cd news")
        return walk(page, deeds, self._shell, self._root)

    def polls_both_editions(self) -> None:
        """Give the demo twice, so that there is a home from which rows can be taken."""
        self._empty()
        self._do("newsdesk demo && newsdesk demo")

    def takes_rows(self, of: "Reader") -> None:
        """Make the folder in which pages begin, from the home of a reader's demo; outlets answer as there."""
        theirs = of._home / "var" / "demo"
        self._newsroom.opened_at = datetime.fromisoformat((theirs / "newsroom-opened-at").read_text())
        self._newsroom.edition = int((theirs / "newsroom-edition-polled").read_text())
        self._do(f"cp -a {theirs} {self._rows}-of-demo")
        self._empty()
        self._do(
            f"newsdesk init news --contact desk@paper.example && mv {self._rows}-of-demo news/var && cd news"
            f" && mv var/sources/*.toml sources/ && rmdir var/sources && newsdesk publish && {FILES}"
            f" && cd .. && mv news {self._rows}"
        )

    def _empty(self) -> None:
        """An empty home, but for the environment at the name that it has in a checkout."""
        self._shell.start(self._home)
        self._do(f"find {self._home} {self._root} -mindepth 1 -delete && ln -s {self._environment} .venv")
        self._do(f"cd {self._root} && mkdir -p {' '.join(FOLDERS)}")
        self._shell.start(self._home)

    def _do(self, command: str) -> None:
        done = self._shell.run(command)
        if done.code != 0:
            raise RuntimeError(f"{command!r} ended with {done.code}: {done.out}{done.err}")


def without_rights(python: Path) -> list[str]:
    """The words before a command that make it one of nobody's; none where we are no root, or where nobody could not
    use the environment."""
    prefix = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    try:
        able = os.getuid() == 0 and subprocess.run([*prefix, python, "-c", ""], capture_output=True).returncode == 0
    except FileNotFoundError:
        return []
    return prefix if able else []
