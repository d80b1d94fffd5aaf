"""The saved questions: a list, and for each a form, its answer as a table, as JSON and as CSV."""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from waqai.ask import Question
from waqai.errors import ParameterError, SumRefused, UnknownQuestion, WaqaiError
from waqai.web.media import HTML, negotiate
from waqai.web.pages import Sheet
from waqai.web.pool import Pool
from waqai.web.problems import problem, problem_of
from waqai.web.render import language_of, page

_FORMS = {HTML: "", "application/json": "json", "text/csv": "csv"}


async def start(request: Request) -> Response:
    """The start page: the questions, and how to ask one's own."""
    questions: dict[str, Question] = request.app.state.questions
    shown = [(name, q.title[language_of(request)], q.summary) for name, q in sorted(questions.items())]
    return page(request, "start.html", questions=shown)


async def question(request: Request) -> Response:
    """One saved question with the values of the address."""
    name, form = _parted(request.path_params["name"])
    found = request.app.state.questions.get(name)
    if found is None:
        return problem_of(UnknownQuestion(f"there is no question {name!r}", cure="the start page lists them"))
    media = next((m for m, extension in _FORMS.items() if form and extension == form), None)
    media = media or negotiate(",".join(request.headers.getlist("accept")), list(_FORMS))
    if media is None:
        return problem(HTTPStatus.NOT_ACCEPTABLE, "no accepted form fits", f"accept {', '.join(_FORMS)}")
    values = {name: value for name, value in request.query_params.items() if value}
    return await (_page(request, found, values) if media == HTML else _plain(request, found, values, media))


def _parted(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and extension in {"json", "csv"} else (name, "")


async def _plain(request: Request, found: Question, values: dict[str, str], media: str) -> Response:
    pool: Pool = request.app.state.pool
    try:
        reply = await pool.answer(_asked(request, found, values, media))
    except WaqaiError as error:
        return problem_of(error)
    return Response(reply.body, media_type=f"{media}; charset=utf-8")


def _asked(request: Request, found: Question, values: dict[str, str], media: str) -> dict[str, object]:
    known = {p.name for p in found.parameters}
    given = {name: value for name, value in values.items() if name in known or name != "lang"}
    return {"kind": "question", "name": found.name, "values": given, "lang": language_of(request), "media": media}


async def _page(request: Request, found: Question, values: dict[str, str]) -> Response:
    lang, pool, status, complaint, rows = language_of(request), request.app.state.pool, HTTPStatus.OK, "", None
    shown, notes = found, []
    if all(p.name in values for p in found.parameters if p.required):
        try:
            reply = await pool.answer(_asked(request, found, values, "application/json"))
            told = json.loads(reply.body)
            rows, notes = told["rows"], told.get("notes", [])
            shown = request.app.state.questions.get(told["question"], found)
        except (ParameterError, SumRefused) as error:
            status, complaint = HTTPStatus.BAD_REQUEST, f"{error.message}: {error.cure}"
        except WaqaiError as error:
            return problem_of(error)
    return page(
        request,
        "question.html",
        status=status,
        question=found,
        shown=shown,
        notes=notes,
        title=found.title[lang],
        values=values,
        complaint=complaint,
        rows=rows,
        forms=[(form, f"/question/{found.name}.{form}?{urlencode(values)}") for form in ("json", "csv")],
        link=Sheet("", request.app.state.iris, lang, [], [], more=False).link,
    )
