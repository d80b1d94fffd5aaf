"""A process that answers one request after the other from the current snapshot, and can be killed at any moment.

Started with the arguments FOLDER BASE MEMORY. Requests and answers are frames on the standard streams: a
line of JSON with `size`, then as many bytes. It opens no socket and writes no file.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from waqai import account
from waqai.ask import as_csv, as_json, find_question
from waqai.errors import InputError, LimitExceeded, QueryError, WaqaiError
from waqai.graph import Iris
from waqai.store.base import Result
from waqai.store.embedded import Reader, open_reader
from waqai.store.screen import dataset_graphs
from waqai.web.confine import die_with_parent, forbid_sockets, limit_memory
from waqai.web.describe import describe, terms
from waqai.web.media import GRAPHS, RESULTS, negotiate

Request = Mapping[str, Any]
LONGEST_MESSAGE = 300
"""Characters of what is said about an error."""


class NotAcceptableError(InputError):
    """No form that the client accepts can be written."""


class Capped(io.BytesIO):
    """Collects an answer, and refuses to grow beyond a number of bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any) -> int:
        """Take bytes. Raises LimitExceeded."""
        if self.tell() + len(data) > self.limit:
            raise LimitExceeded(
                f"the answer is larger than the limit of {self.limit} bytes", cure="ask for less: LIMIT, fewer columns"
            )
        return super().write(data)


class Desk:
    """Answers requests; follows the store from snapshot to snapshot."""

    def __init__(self, folder: Path, iris: Iris) -> None:
        self.folder = folder
        self.iris = iris
        self.reader: Reader = open_reader(folder, iris)
        self.kinds: dict[str, Callable[[Request], tuple[str, bytes]]] = {
            "query": self._query,
            "describe": lambda request: ("application/json", describe(self.reader, request["iri"], request["graph"])),
            "question": self._question,
            "terms": lambda request: ("application/json", terms(self.reader, request["prefix"])),
        }

    def answer(self, request: Request) -> tuple[str, bytes]:
        """Media type and body. Raises WaqaiError."""
        if self.reader.snapshots.current() != self.reader.current:
            self.reader.close()
            self.reader = open_reader(self.folder, self.iris)
        return self.kinds[request["kind"]](request)

    def _query(self, request: Request) -> tuple[str, bytes]:
        sparql, default, named = request["query"], request["default"] or None, request["named"] or None
        for name in (*(default or ()), *(named or ()), *dataset_graphs(sparql)):
            self._need_graph(name)
        result = self.reader.query(sparql, default_graphs=default, named_graphs=named)
        media = negotiate(request["accept"], list(RESULTS if is_table(result) else GRAPHS))
        if media is None:
            offers = RESULTS if is_table(result) else GRAPHS
            raise NotAcceptableError("no accepted form fits this kind of query", cure=f"accept {', '.join(offers)}")
        return media, written(result, media, request["bytes"])

    def _question(self, request: Request) -> tuple[str, bytes]:
        answer = account.answer(self.reader, find_question(request["name"]), request["values"], request["lang"])
        media = request["media"]
        return media, (as_csv(answer) if media == "text/csv" else as_json(answer)).encode()

    def _need_graph(self, name: str) -> None:
        try:
            held = self.reader.holds(name)
        except ValueError as error:
            raise QueryError(f"{name!r} is no IRI", cure="name graphs by their IRIs") from error
        if not held:
            raise QueryError(f"there is no graph <{name}> here, and none is fetched", cure="ask SELECT DISTINCT ?g …")


def is_table(result: Result) -> bool:
    """Whether the answer is a table or a truth value rather than a graph."""
    return isinstance(result, ox.QuerySolutions | ox.QueryBoolean)


def written(result: Result, media: str, limit: int) -> bytes:
    """An answer as bytes. Raises LimitExceeded, QueryError if evaluating it fails on the way."""
    output = Capped(limit)
    try:
        if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            result.serialize(output, format=RESULTS[media])
        else:
            ox.serialize(result, output, format=GRAPHS[media])
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}", cure="correct the query") from error
    return output.getvalue()


def write_frame(stream: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one frame."""
    stream.write(json.dumps({**head, "size": len(body)}).encode() + b"\n" + body)
    stream.flush()


def brief(text: str) -> str:
    """The first line of a message, cut: parsers list all that they expected, clients name graphs at length."""
    line = text.partition("\n")[0]
    return line if len(line) <= LONGEST_MESSAGE else f"{line[:LONGEST_MESSAGE]}…"


def serve(desk: Desk, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end. The first frame of each answer says only that the request has come."""
    for line in requests:
        write_frame(answers, {"taken": True})
        head: dict[str, Any]
        try:
            media, body = desk.answer(json.loads(line))
            head = {"media": media}
        except WaqaiError as error:
            body, head = (
                b"",
                {"error": type(error).__name__, "message": brief(error.message), "cure": brief(error.cure)},
            )
        except MemoryError:
            os._exit(1)
        write_frame(answers, head, body)


def main() -> None:
    """Take the standard streams for frames, give up the network, open the store, serve."""
    folder, base, memory = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    die_with_parent()
    limit_memory(int(memory))
    confined = forbid_sockets()
    desk = Desk(Path(folder), Iris(base))
    write_frame(answers, {"confined": confined})
    serve(desk, sys.stdin.buffer, answers)
