"""What a run needs of the machine."""

import os
import resource
from pathlib import Path

import pytest

from schemas.errors import DiskFullError, RefusedError
from tasks.machine.lock import check_room, hold


def test_a_second_run_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    with hold(tmp_path / "ingest.lock", "ingest"), pytest.raises(RefusedError, match=f"locked by pid {os.getpid()}$"):
        hold(tmp_path / "ingest.lock", "ingest").__enter__()


def test_the_lock_is_free_after_its_run(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "ingest.lock", "ingest"):
            pass


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(RefusedError, match="cannot write in the home folder"):
        hold(tmp_path / "home" / "ingest.lock", "ingest").__enter__()


def test_a_disk_too_full_for_the_lock_is_named(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the kernel refuses the write the same way."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(DiskFullError, match="nothing was run"):
            hold(tmp_path / "ingest.lock", "ingest").__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_too_little_room_is_refused_with_the_figures(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"only \d+ MiB are free"):
        check_room(tmp_path / "not" / "there", 10**9)


def test_enough_room_is_no_matter(tmp_path: Path) -> None:
    check_room(tmp_path, 0)
