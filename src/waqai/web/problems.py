"""What went wrong, as problem details (RFC 9457): what and what to do, never where in the house."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response

from waqai.errors import InputError, LimitExceeded, QueryError, SumRefused, UnknownQuestion, WaqaiError
from waqai.web.worker import NotAcceptableError

PROBLEM = "application/problem+json"
_RETRY = "10"


def problem(status: HTTPStatus, detail: str, cure: str = "") -> Response:
    """An answer that says what is wrong; only a limit is worth another try later."""
    told = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, "cure": cure}
    headers = {"Retry-After": _RETRY} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    body = json.dumps({name: text for name, text in told.items() if text}, ensure_ascii=False)
    return Response(body, status, headers, PROBLEM)


def problem_of(error: WaqaiError) -> Response:
    """What an error looks like from outside. Errors of the store keep their paths to themselves."""
    match error:
        case UnknownQuestion():
            status = HTTPStatus.NOT_FOUND
        case NotAcceptableError():
            status = HTTPStatus.NOT_ACCEPTABLE
        case LimitExceeded():
            status = HTTPStatus.SERVICE_UNAVAILABLE
        case QueryError() | InputError() | SumRefused():
            status = HTTPStatus.BAD_REQUEST
        case _:
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the store cannot be used", "ask whoever runs this server")
    return problem(status, error.message, error.cure)
