"""Values become RDF terms by typed constructors, and terms take the place of the parameters' tokens."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from waqai.ask.lexer import replace_variables
from waqai.ask.questions import Parameter, Question
from waqai.errors import ParameterError

SCHEMES = ("http", "https", "urn")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iri(value: str) -> ox.NamedNode:
    if value.partition(":")[0].lower() not in SCHEMES:
        raise ValueError(f"an IRI must begin with {', '.join(SCHEMES)}")
    return ox.NamedNode(value)


def _integer(value: str) -> ox.Literal:
    if not _INTEGER.fullmatch(value):
        raise ValueError("not a whole number")
    return ox.Literal(int(value))


def _date(value: str) -> ox.Literal:
    if not _DATE.fullmatch(value):
        raise ValueError("not a day (YYYY-MM-DD)")
    return ox.Literal(dt.date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


def _boolean(value: str) -> ox.Literal:
    if value not in ("true", "false"):
        raise ValueError("neither true nor false")
    return ox.Literal(value == "true")


_CONSTRUCTORS: dict[str, Callable[[str], ox.NamedNode | ox.Literal]] = {
    "iri": _iri,
    "integer": _integer,
    "literal": ox.Literal,
    "xsd_date": _date,
    "xsd_boolean": _boolean,
    "ar": lambda value: ox.Literal(value, language="ar"),
    "en": lambda value: ox.Literal(value, language="en"),
}


def term(parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """A value as the RDF term that its parameter's type asks for. Raises ParameterError."""
    if parameter.allowed and value not in parameter.allowed:
        raise _misfit(parameter, value, f"not one of {', '.join(parameter.allowed)}")
    try:
        return _CONSTRUCTORS[parameter.type](value)
    except (ValueError, UnicodeEncodeError) as error:
        raise _misfit(parameter, value, str(error)) from error


def _misfit(parameter: Parameter, value: str, why: str) -> ParameterError:
    return ParameterError(f"{value!r}: {why}", address=parameter.name, cure=parameter.meaning["en"])


def terms(question: Question, values: Mapping[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
    """The terms by parameter. Raises ParameterError for an unknown, missing or ill-typed one."""
    known = {p.name: p for p in question.parameters}
    for name in values:
        if name not in known:
            cure = f"one of: {', '.join(known)}" if known else "it takes none"
            raise ParameterError(f"{question.name} has no parameter {name!r}", address=name, cure=cure)
    for parameter in question.parameters:
        if parameter.required and parameter.name not in values:
            raise ParameterError(
                f"{question.name} needs {parameter.name!r}", address=parameter.name, cure=parameter.meaning["en"]
            )
    return {name: term(known[name], value) for name, value in values.items()}


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The question's text with the values in it. Raises ParameterError."""
    by_variable = {p.variable: p.name for p in question.parameters}
    bound = terms(question, values)

    def term_of(variable: str) -> str | None:
        name = by_variable.get(variable)
        return str(bound[name]) if name in bound else None

    return replace_variables(question.text, term_of)
