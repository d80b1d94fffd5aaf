"""HTML from templates, everything escaped, in the reader's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from waqai.web.media import preferred_language
from waqai.web.words import words_in

_TEMPLATES = Environment(
    loader=PackageLoader("waqai.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def language_of(request: Request) -> str:
    """`ar` or `en`: by ?lang=, else by Accept-Language."""
    return preferred_language(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def page(request: Request, template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """A page in the reader's language."""
    lang = language_of(request)
    other = request.url.include_query_params(lang="en" if lang == "ar" else "ar")
    html = _TEMPLATES.get_template(template).render(
        lang=lang,
        direction="rtl" if lang == "ar" else "ltr",
        words=words_in(lang),
        other_language=f"{other.path}?{other.query}",
        revision=request.app.state.snapshots.current().revision,
        **values,
    )
    return HTMLResponse(html, status)
