"""The application: routes, what every answer carries, and the server that runs it."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from waqai.ask import load_questions
from waqai.errors import InputError
from waqai.graph import Iris, deployment
from waqai.store.embedded import open_reader
from waqai.store.snapshots import Snapshots
from waqai.web import pages, questions
from waqai.web.pool import Limits, Pool
from waqai.web.problems import problem
from waqai.web.protocol import sparql

HOST, PORT = "127.0.0.1", 8321
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Public and read-only, without cookies: a page of anybody's may ask.
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept, Accept-Language",
    "Cache-Control": "no-cache",
}


def app(
    location: str | Path, *, iris: Iris | None = None, limits: Limits | None = None, workers: int | None = None
) -> Starlette:
    """The application over the embedded store in a folder. Raises StoreMissing, StoreDamaged, QuestionError."""
    folder, names = Path(location), iris or deployment()
    if "://" in str(location):
        raise InputError("a remote store is served by its own server", address=str(location), cure="serve a folder")
    open_reader(folder, names).close()

    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[None]:
        pool = Pool(folder, names, limits or Limits(), workers or max(2, os.cpu_count() or 1))
        application.state.pool = pool
        try:
            if not await pool.start():
                logging.getLogger("uvicorn.error").warning("workers keep the network: this system has no seccomp")
            yield
        finally:
            await pool.close()

    application = Starlette(
        routes=_routes(), lifespan=lifespan, middleware=_middleware(), exception_handlers=_handlers()
    )
    # A redirect to the path with a slash would repeat the Host header, which anybody can make up.
    application.router.redirect_slashes = False
    application.state.iris = names
    application.state.snapshots = Snapshots(folder)
    application.state.questions = load_questions()
    return application


def serve(
    location: str | Path,
    *,
    host: str = HOST,
    port: int = PORT,
    time_limit: float | None = None,
    iris: Iris | None = None,
) -> None:
    """Serve a store until interrupted; `time_limit` is in seconds a request. Raises as `app` does."""
    limits = Limits() if time_limit is None else Limits(seconds=time_limit)
    application = app(location, iris=iris, limits=limits)
    uvicorn.run(application, host=host, port=port, server_header=False, log_level="warning")


def _routes() -> list[Route | Mount]:
    return [
        Route("/", questions.start),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/question/{name:path}", questions.question),
        Route("/ns", pages.ontology),
        Route("/ns.{extension}", pages.ontology),
        Route("/vocabulary", pages.vocabulary),
        Route("/vocabulary/", pages.vocabulary),
        Route("/vocabulary.{extension}", pages.vocabulary),
        Mount("/static", StaticFiles(packages=[("waqai.web", "static")])),
        Route("/{section}/{path:path}", pages.thing),
    ]


def _middleware() -> list[Middleware]:
    return [Middleware(BaseHTTPMiddleware, dispatch=_finish)]


async def _finish(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Name the revision of every answer, spare what the client has already, and keep browsers strict."""
    current = request.app.state.snapshots.current()
    etag = f'W/"{current.revision}.{current.snapshot}"'
    response = await call_next(request)
    known = etag in request.headers.get("if-none-match", "").split(", ")
    # Only what would be a 200 is not modified (RFC 9110, section 13.2.1): a path that leads nowhere stays a 404.
    if known and request.method == "GET" and response.status_code == HTTPStatus.OK:
        response = Response(status_code=HTTPStatus.NOT_MODIFIED)
    if response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["ETag"] = etag
    response.headers.update(_HEADERS)
    return response


def _handlers() -> dict[type[Exception] | int, Callable[[Request, Exception], Response]]:
    return {HTTPException: _http_problem, Exception: _unexpected}


def _http_problem(_: Request, error: Exception) -> Response:
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, status.description or status.phrase)


def _unexpected(_: Request, _error: Exception) -> Response:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here", "tell whoever runs this server")
