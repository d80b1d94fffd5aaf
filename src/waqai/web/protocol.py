"""The query part of the SPARQL 1.1 Protocol. Updates are refused; an answer is whole before its status is sent."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from waqai.errors import WaqaiError
from waqai.store.screen import LONGEST_QUERY
from waqai.web.pool import Pool
from waqai.web.problems import problem, problem_of

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LARGEST_BODY = 12 * LONGEST_QUERY
"""Bytes: a query of the greatest length, each character of four bytes percent-encoded."""

LONGEST_NAME = 2_000
"""Characters of a graph's IRI."""


class Refused(Exception):
    """The request is not one that the protocol knows, or that is allowed here."""

    def __init__(self, status: HTTPStatus, detail: str, cure: str = "") -> None:
        super().__init__(detail)
        self.answer = problem(status, detail, cure)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that the request names for it."""

    query: str
    default: list[str]
    named: list[str]


async def sparql(request: Request) -> Response:
    """Answer one query of the protocol."""
    pool: Pool = request.app.state.pool
    try:
        asked = await _asked(request)
        reply = await pool.answer(
            {
                "kind": "query",
                "query": asked.query,
                "default": asked.default,
                "named": asked.named,
                "accept": ",".join(request.headers.getlist("accept")),
                "bytes": pool.limits.bytes,
            }
        )
    except Refused as refused:
        return refused.answer
    except WaqaiError as error:
        return problem_of(error)
    return Response(reply.body, media_type=f"{reply.media}; charset=utf-8")


async def _asked(request: Request) -> Asked:
    """What is asked: by GET, by a posted form, or by a posted query. Raises Refused."""
    pairs = _pairs(request.scope["query_string"], "the address")
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if media == FORM:
            pairs += _pairs(body, "the form")
        elif media == QUERY:
            pairs.append(("query", _text(body, "the query")))
        elif media == UPDATE:
            raise _no_updates()
        else:
            raise Refused(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a query cannot be sent like this", f"send {FORM} or {QUERY}"
            )
    return _read(pairs)


def _read(pairs: list[tuple[str, str]]) -> Asked:
    if any(name == "update" for name, _ in pairs):
        raise _no_updates()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{len(queries)} queries came", "send exactly one, as `query`")
    default, named = ([v for name, v in pairs if name == f"{sort}-graph-uri"] for sort in ("default", "named"))
    if any(len(name) > LONGEST_NAME for name in (*default, *named)):
        raise Refused(HTTPStatus.BAD_REQUEST, f"a graph's name is longer than {LONGEST_NAME} characters", "shorten it")
    return Asked(queries[0], default, named)


def _no_updates() -> Refused:
    return Refused(
        HTTPStatus.FORBIDDEN, "nothing can be changed here", "ask queries; updates are for whoever runs this server"
    )


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too long", "ask a shorter question")
    return body


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(encoded, where), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{where} is not well encoded", "encode it as UTF-8") from error


def _text(encoded: bytes, where: str) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8", "encode it as UTF-8") from error
