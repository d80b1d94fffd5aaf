"""One writer at a time. The operating system holds the lock, so a writer that crashes lets go of it."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from waqai.errors import StoreError, StoreLocked


class WriterLock:
    """An exclusive lock on a file that says who holds it: process, verb, since when."""

    def __init__(self, path: Path, verb: str) -> None:
        self.path = path
        try:
            self._file: BinaryIO = path.open("a+b")
        except OSError as error:
            raise StoreError(
                f"the store cannot be written: {error.strerror}",
                address=str(path.parent),
                cure="check who owns the folder",
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = self._holder()
            self._file.close()
            raise StoreLocked(
                f"another process is writing: {holder}",
                address=str(path.parent),
                cure="wait until it has ended, or end it; reading goes on meanwhile",
            ) from error
        self._sign(verb)

    def _sign(self, verb: str) -> None:
        since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self._file.truncate(0)
        self._file.write(json.dumps({"pid": os.getpid(), "verb": verb, "since": since}).encode())
        self._file.flush()

    def _holder(self) -> str:
        # The holder may be between taking the lock and signing it.
        with suppress(ValueError, KeyError):
            self._file.seek(0)
            signed = json.loads(self._file.read())
            return f"process {signed['pid']} ({signed['verb']}) since {signed['since']}"
        return "it has not said who it is"

    def release(self) -> None:
        """Let go; the file stays, empty."""
        self._file.truncate(0)
        self._file.close()
