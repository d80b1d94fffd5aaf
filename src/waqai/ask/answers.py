"""An answer: rows of plain values, and how it is shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pyoxigraph as ox
from rich.table import Table

from waqai.ask.binding import bind
from waqai.ask.questions import Column, Question

Value = str | int | list[str] | None
Row = dict[str, Value]
OPEN = {"ar": "مفتوح", "en": "open"}


class Asked(Protocol):
    """What a question needs of a store."""

    def query(self, sparql: str) -> Any: ...
    def revision(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a question at a revision of the store. A number that is None is open, a text that is None unknown.

    `notes` say what must be known of the numbers: that a sum is naive, that bounds stand in its place and why.
    """

    question: str
    revision: str
    headings: tuple[Column, ...]
    rows: list[Row]
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(c.name for c in self.headings)


def run(store: Asked, question: Question, values: Mapping[str, str], lang: str = "en") -> Answer:
    """Ask a saved question. Raises ParameterError, and what the store raises.

    A question that takes a `lang` gets the language of the labels, unless the values name one.
    """
    if any(p.name == "lang" for p in question.parameters):
        values = {"lang": lang, **values}
    solutions = store.query(bind(question, values))
    rows = [{c.name: value_of(c.kind, solution[c.name]) for c in question.columns} for solution in solutions]
    return Answer(question.name, store.revision(), question.columns, rows)


def value_of(kind: str, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """A term as the plain value of a column of a kind."""
    text = None if term is None or isinstance(term, ox.Triple) else term.value
    match kind:
        case "integer" | "bound":
            return None if text is None else int(text)
        case "iris":
            return sorted((text or "").split())
        case _:
            return text


def as_json(answer: Answer) -> str:
    """One JSON document: question, revision, columns, rows; an open end is null."""
    whole = {
        "question": answer.question,
        "revision": answer.revision,
        "columns": list(answer.columns),
        "rows": answer.rows,
        **({"notes": list(answer.notes)} if answer.notes else {}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Answer) -> str:
    """RFC 4180; an open end is empty, several IRIs stand in one field with a space between."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([_field(row[name]) for name in answer.columns] for row in answer.rows)
    return out.getvalue()


def _field(value: Value) -> str | int:
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, list) else value


def as_table(answer: Answer, lang: str = "en") -> Table:
    """A table for people: the headings in their language, an open end in words, how many statements instead of IRIs."""
    table = Table(header_style="bold", show_lines=False)
    for column in answer.headings:
        table.add_column(column.meaning[lang], justify="right" if column.kind in ("integer", "bound") else "left")
    for row in answer.rows:
        table.add_row(*(_shown(c, row[c.name], lang) for c in answer.headings))
    return table


def _shown(column: Column, value: Value, lang: str) -> str:
    if value is None:
        return OPEN[lang] if column.kind == "bound" else "–"
    return str(len(value)) if isinstance(value, list) else str(value).replace("[", r"\[")
