"""A few killable workers: what goes over its time is ended with its process, and another takes its place."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai import errors
from waqai.errors import LimitExceeded, StoreError, WaqaiError
from waqai.graph import Iris
from waqai.web.worker import NotAcceptableError

LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take."""

    seconds: float = 10.0
    bytes: int = 64_000_000
    memory: int = 4_000_000_000
    """Bytes of address space of a worker: RocksDB maps much of it without using it."""
    waiting: float = 10.0
    """Seconds that a request waits for a free worker."""
    queue: int = 64
    """Requests that may wait at once."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    media: str
    body: bytes


class WorkerLostError(Exception):
    """The process had ended before it took the request: nothing in the request is to blame."""


class Worker:
    """One process of waqai.web.worker."""

    def __init__(self, process: asyncio.subprocess.Process, confined: bool) -> None:
        self.process = process
        self.confined = confined

    @classmethod
    async def start(cls, folder: Path, iris: Iris, memory: int) -> Worker:
        """Start a process and wait until it has opened the store. Raises StoreError if it does not come up."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", "from waqai.web.worker import main; main()", str(folder), iris.base, str(memory)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        greeting = await process.stdout.readline()
        if not greeting:
            await process.wait()
            raise StoreError("the store cannot be opened", address=str(folder), cure="try `waqai ask` on it")
        return cls(process, json.loads(greeting)["confined"])

    async def answer(self, request: Mapping[str, Any]) -> Reply:
        """Raises what the request raised in the worker, EOFError if the process died of it, WorkerLostError."""
        assert self.process.stdin is not None  # noqa: S101 - they are pipes
        assert self.process.stdout is not None  # noqa: S101
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            await self.process.stdin.drain()
            taken = await self.process.stdout.readline()
        except ConnectionError:
            taken = b""
        if not taken:
            raise WorkerLostError
        line = await self.process.stdout.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        body = await self.process.stdout.readexactly(head["size"])
        if "error" in head:
            raise _error(head)
        return Reply(head["media"], body)

    async def end(self) -> None:
        """Kill the process; nothing in it is worth waiting for."""
        if self.process.returncode is None:
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()


def _error(head: Mapping[str, Any]) -> WaqaiError:
    kinds = {"NotAcceptableError": NotAcceptableError}
    kind = kinds.get(head["error"]) or getattr(errors, head["error"])
    error = kind(head["message"], cure=head["cure"])
    assert isinstance(error, WaqaiError)  # noqa: S101 - the worker sends no other
    return error


class Pool:
    """Hands each request to a worker that is free."""

    def __init__(self, folder: Path, iris: Iris, limits: Limits, size: int) -> None:
        self.folder = folder
        self.iris = iris
        self.limits = limits
        self.size = size
        self._free: asyncio.LifoQueue[Worker | None] = asyncio.LifoQueue()
        self._waiting = 0
        self._all: set[Worker] = set()
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> bool:
        """Start the workers, so that a broken store is found at once. Tells whether they are confined."""
        workers = await asyncio.gather(*(self._new() for _ in range(self.size)))
        for worker in workers:
            self._free.put_nowait(worker)
        return all(worker.confined for worker in workers)

    async def close(self) -> None:
        """End all workers."""
        for task in list(self._replacing):
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in list(self._all)))
        self._all.clear()

    async def answer(self, request: Mapping[str, Any]) -> Reply:
        """Have a request answered. Raises LimitExceeded, and what the request raised in the worker."""
        for _ in range(self.size + 1):
            with suppress(WorkerLostError):
                return await self._answer(request)
        raise LimitExceeded("no worker stays alive", cure="try again in a moment")

    async def _answer(self, request: Mapping[str, Any]) -> Reply:
        worker = await self._checked_out()
        free: Worker | None = None
        try:
            reply = await asyncio.wait_for(worker.answer(request), self.limits.seconds)
            free = worker
        except WaqaiError:
            free = worker
            raise
        except TimeoutError:
            raise LimitExceeded(
                f"the time limit of {self.limits.seconds:g} seconds is over", cure="ask a narrower question"
            ) from None
        except (EOFError, ConnectionError):
            raise LimitExceeded(
                "the query took more memory than it may, or nests too deep", cure="ask a narrower question"
            ) from None
        finally:
            # Also when the request is cancelled: a worker in the middle of an answer is of no use.
            self._back(worker, free)
        return reply

    async def _checked_out(self) -> Worker:
        worker = await self._next()
        try:
            if worker is not None and worker.process.returncode is None:
                return worker
            fresh = await self._new()
        except BaseException:
            self._free.put_nowait(worker)
            raise
        if worker is not None:
            self._all.discard(worker)
        return fresh

    async def _next(self) -> Worker | None:
        """What was free first; None stands for a worker that did not come up."""
        if not self._free.empty():
            return self._free.get_nowait()
        if self._waiting >= self.limits.queue:
            raise LimitExceeded("too many requests wait already", cure="try again in a moment")
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self.limits.waiting)
        except TimeoutError:
            raise LimitExceeded("all workers are busy", cure="try again in a moment") from None
        finally:
            self._waiting -= 1

    async def _new(self) -> Worker:
        worker = await Worker.start(self.folder, self.iris, self.limits.memory)
        self._all.add(worker)
        return worker

    def _back(self, worker: Worker, free: Worker | None) -> None:
        """Take a worker back; one that is of no use any more is replaced while its client is answered."""
        if free is not None:
            self._free.put_nowait(free)
            return
        task = asyncio.create_task(self._replace(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replace(self, worker: Worker) -> None:
        self._all.discard(worker)
        await worker.end()
        fresh: Worker | None = None
        try:
            fresh = await self._new()
        except StoreError as error:
            logging.getLogger("uvicorn.error").warning("no worker came up: %s", error)
        finally:
            self._free.put_nowait(fresh)
