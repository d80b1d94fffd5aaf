"""Immutable copies that readers open: a read-only open beside a live writer fails one time in four.

current                 {"snapshot": 7, "revision": "…"}, replaced as a whole
snapshots/7/graph/      the copy: hard links to the files of live/
snapshots/7/held        readers hold a shared lock on it; the writer removes only what nobody holds
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from waqai.errors import StoreDamaged, StoreMissing

KEPT = 2
"""Older snapshots that stay although nobody holds them: a reader may be about to open one."""
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Current:
    """Which snapshot readers open now, and the revision it holds."""

    snapshot: int
    revision: str


class HeldSnapshot:
    """A snapshot that cannot be removed until it is let go."""

    def __init__(self, path: Path, current: Current, held: BinaryIO) -> None:
        self.path = path
        self.current = current
        self._held = held

    def release(self) -> None:
        """Let go."""
        self._held.close()


class Snapshots:
    """The snapshots of one store folder."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder = store / "snapshots"
        self._pointer = store / "current"

    def current(self) -> Current:
        """What readers open now. Raises StoreMissing before the first snapshot, StoreDamaged for a broken pointer."""
        try:
            pointer = json.loads(self._pointer.read_text())
            return Current(int(pointer["snapshot"]), str(pointer["revision"]))
        except FileNotFoundError as error:
            raise StoreMissing(
                "there is nothing to read yet", address=str(self.store), cure="load an article"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(
                "the pointer to the current snapshot is broken",
                address=str(self._pointer),
                cure="delete this file; the next load writes it anew",
            ) from error

    def hold(self) -> HeldSnapshot:
        """Hold the current snapshot. Raises StoreDamaged if it stays out of reach."""
        for _ in range(_ATTEMPTS):
            current = self.current()
            home = self.folder / str(current.snapshot)
            held = _shared(home / "held")
            if held is not None:
                return HeldSnapshot(home / "graph", current, held)
        raise StoreDamaged(
            f"snapshot {current.snapshot} is missing",
            address=str(self.folder),
            cure=f"delete {self._pointer}; the next load writes a snapshot anew",
        )

    def take(self, copy: Callable[[str], None], revision: str) -> None:
        """Make a snapshot with `copy` (which fills a folder that does not exist yet) and point readers to it."""
        number = max((int(p.name) for p in self.folder.glob("*") if p.name.isdigit()), default=0) + 1
        new = self.folder / f"{number}.new"
        _remove(new)
        new.mkdir(parents=True)
        copy(str(new / "graph"))
        (new / "held").touch()
        new.rename(self.folder / str(number))
        write_whole(self._pointer, json.dumps({"snapshot": number, "revision": revision}))

    def prune(self, keep: int = KEPT) -> None:
        """Remove old snapshots that nobody holds, and what a crash left half-made."""
        current = self.current().snapshot
        for path in self.folder.glob("*"):
            if not path.name.isdigit():
                _remove(path)
            elif int(path.name) < current - keep:
                _remove_unless_held(path)


def _shared(path: Path) -> BinaryIO | None:
    """A shared lock on a snapshot's file; None if the writer has removed it or is about to."""
    try:
        held = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    if path.exists():
        return held
    held.close()
    return None


def _remove_unless_held(path: Path) -> None:
    with (path / "held").open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        gone = path.with_suffix(".gone")
        path.rename(gone)
    _remove(gone)


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)


def write_whole(path: Path, text: str) -> None:
    """Replace a file by another at once, safe against a crash."""
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
