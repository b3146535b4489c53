"""The archive as a whole: a folder, or a prefix of an object store with a folder in which segments are written."""

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import fsspec

from schemas.errors import BadRecordError, TemporaryError, UsageError
from schemas.items.capture import WarcPointer
from schemas.settings import Settings
from tasks.archive.object_store import store_options
from tasks.archive.one_record import body_of, is_foreign, read_capture
from tasks.web.ranges import Ask

SEGMENTS = "*.warc.gz"


@dataclass(frozen=True)
class Archive:
    """Segments are written in `folder`. With a `store` (s3://bucket/prefix) each is copied there when it is complete,
    and stays in `folder` until the run ends. Names are paths below either. Raises `TemporaryError` where the store
    does not answer or refuses access. Its keys and endpoint come from `AWS_*`."""

    folder: Path
    store: str = ""
    ask: Ask | None = None

    @classmethod
    def of(cls, settings: Settings, ask: Ask | None = None) -> Self:
        """The archive of these settings; `ask` asks for captures that lie in archives behind HTTP."""
        return cls(settings.archive_path, settings.archive_store, ask)

    def send(self, name: str) -> None:
        """Copy the finished segment into the store; may be repeated. Does nothing without a store."""
        path = self.folder / name
        if not self.store:
            return
        with _translated(self.store):
            try:
                if not self._has(name, path.stat().st_size):
                    self._files.put_file(str(path), self._key(name))
            except FileNotFoundError:
                if path.exists():
                    raise  # Else another run of this home has sent and deleted it.

    def settle(self) -> None:
        """Send the finished segments that are still here (also those of runs that died), then delete the local
        copies."""
        for path in self.folder.rglob(SEGMENTS) if self.store else ():
            self.send(path.relative_to(self.folder).as_posix())
            path.unlink(missing_ok=True)

    def read(self, pointer: WarcPointer) -> bytes:
        """The decoded body of a capture; raises `BadRecordError` where the record is gone or damaged."""
        if not self.store or is_foreign(pointer) or (self.folder / pointer.file).exists():
            return read_capture(self.folder, pointer, self.ask)
        with _translated(self.store):
            try:
                begin = pointer.offset
                record = self._files.cat_file(self._key(pointer.file), start=begin, end=begin + pointer.length)
            except FileNotFoundError as error:
                raise BadRecordError(f"there is no {pointer.file!r} in {self.store!r}") from error
        return body_of(record, pointer)

    def replace(self, name: str, path: Path) -> None:
        """Put the file at `path`, which is moved, in the place of a finished segment."""
        if self.store:
            with _translated(self.store):
                self._files.put_file(str(path), self._key(name))
        if not self.store or (self.folder / name).exists():
            os.replace(path, self.folder / name)
        else:
            path.unlink()

    def drop(self, name: str) -> None:
        """Delete a finished segment; does nothing where there is none."""
        if self.store:
            with _translated(self.store):
                if self._files.exists(self._key(name)):
                    self._files.rm_file(self._key(name))
        (self.folder / name).unlink(missing_ok=True)

    def keep_text(self, name: str, text: str) -> None:
        """Write a small file beside the segments, whole or not at all."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.open")
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)
        if self.store:
            with _translated(self.store):
                self._files.put_file(str(path), self._key(name))

    def texts(self, folder: str, but: Collection[str] = ()) -> dict[str, str]:
        """The small files below a folder of the archive, by name, without those named in `but`."""
        here = [path for path in (self.folder / folder).glob("*.json") if path.name not in but]
        found = {path.name: path.read_text(encoding="utf-8") for path in here}
        if self.store:
            with _translated(self.store):
                prefix = self._key(folder)
                keys = self._files.find(prefix) if self._files.exists(prefix) else []
                names = {key.rpartition("/")[2]: key for key in keys if key.endswith(".json")}
                left = names.keys() - found.keys() - set(but)
                found |= {name: self._files.cat_file(names[name]).decode() for name in left}
        return found

    def names(self) -> list[str]:
        """The finished segments, by name."""
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob(SEGMENTS)}
        if self.store:
            with _translated(self.store):
                keys = self._files.find(self._key("")) if self._files.exists(self._key("")) else []
            found |= {key.removeprefix(self._key("")) for key in keys if key.endswith(".warc.gz")}
        return sorted(found)

    @contextmanager
    def opened(self, *names: str) -> Iterator[Path]:
        """A folder with the segments of these names as local files, while the context is open."""
        if not self.store:
            yield self.folder
            return
        with tempfile.TemporaryDirectory(prefix="newsdesk-archive-") as there:
            for name in names:
                copy, here = Path(there, name), self.folder / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                if here.exists():
                    os.symlink(here.absolute(), copy)
                    continue
                with _translated(self.store):
                    self._files.get_file(self._key(name), str(copy))
            yield Path(there)

    @cached_property
    def _files(self) -> Any:
        kind = self.store.partition("://")[0]
        return fsspec.filesystem(kind, **(store_options() if kind == "s3" else {}))

    def _key(self, name: str) -> str:
        return f"{self.store.partition('://')[2].strip('/')}/{name}"

    def _has(self, name: str, size: int) -> bool:
        try:
            return bool(self._files.info(self._key(name), refresh=True)["size"] == size)
        except FileNotFoundError:
            return False


@contextmanager
def _translated(store: str) -> Iterator[None]:
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise UsageError("an archive in an object store needs the extra: pip install 'newsdesk[s3]'") from error
    try:
        yield
    except (OSError, BotoCoreError) as error:
        said = f"{type(error).__name__}: {error}"
        raise TemporaryError(f"the archive's store {store!r} failed: {said}"[:300]) from error
