"""Saved questions that add numbers of people: they must say so, and name the statements that they add."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from waqai.ask import Question, read_question
from waqai.ask.adding import number_columns, witnesses
from waqai.ask.lexer import words
from waqai.errors import QueryError, QuestionError
from waqai.lint.finding import LintFinding
from waqai.lint.rooms import Rooms


def sum_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Sums of counts that the head does not declare, or that no run could check; numbers of people called additive."""
    questions = dict(_questions(rooms))
    for path, question in questions.items():
        where = _Address(path, rooms)
        try:
            yield from _undeclared(question, where)
            yield from _additive(question, where)
        except QueryError as error:
            yield LintFinding("error", where.file, error.message, error.cure)
        yield from _switch(question, where, {q.name: q for q in questions.values()})


def _questions(rooms: Rooms) -> Iterator[tuple[Path, Question]]:
    """The questions that load; the others are reported by `question_findings`."""
    for path in sorted(rooms.queries.rglob("*.rq")):
        try:
            yield path, read_question(path, rooms.queries)
        except QuestionError:
            continue


class _Address:
    """Lines of one file."""

    def __init__(self, path: Path, rooms: Rooms) -> None:
        self.file = f"queries/{path.relative_to(rooms.queries).as_posix()}"
        self._text = path.read_text(encoding="utf-8")

    def key(self, name: str) -> str:
        """file:line:key; line 1 where the head has no such key."""
        lines = self._text.splitlines()
        line = next((i for i, line in enumerate(lines, 1) if line.startswith(f"#+ {name}:")), 1)
        return f"{self.file}:{line}:{name}"

    def word(self, how: str) -> str:
        """file:line of the first SUM, AVG or plus."""
        start = next((w.start for w in words(self._text) if w.text.upper() == how), 0)
        return f"{self.file}:{self._text.count(chr(10), 0, start) + 1}"


def _undeclared(question: Question, where: _Address) -> Iterator[LintFinding]:
    held: set[str] = set()
    for witness in witnesses(question.text):
        held |= set(witness.of.columns)
        if witness.text is None:
            message = f"{witness.of.how} adds numbers of people of statements that no variable names"
            cure = "bind the statement itself (`?statement wq:low ?low`) where it is added, or ask for bounds"
            yield LintFinding("error", where.word(witness.of.how), message, cure)
        elif not question.adds:
            message = f"{witness.of.how} adds numbers of people, and the head does not say so"
            cure = "name the columns in x-adds, and in x-switches-to the question that answers by bounds"
            yield LintFinding("error", where.word(witness.of.how), message, cure)
    for column in question.adds:
        if column not in held:
            message = f"{column!r} holds no sum of numbers of people"
            yield LintFinding("error", where.key("x-adds"), message, "name the columns that do, or leave the key out")


def _additive(question: Question, where: _Address) -> Iterator[LintFinding]:
    for column in set(question.additive) & set(number_columns(question.text) if question.additive else ()):
        message = f"{column!r} holds numbers of people: rows of them are not additive"
        yield LintFinding(
            "error", where.key("x-additive"), message, "leave it out: the same dead may stand in two rows"
        )


def _switch(question: Question, where: _Address, known: dict[str, Question]) -> Iterator[LintFinding]:
    other = known.get(question.switches_to or "")
    if question.switches_to is None:
        return
    if other is None or other.bounds is None:
        message = f"{question.switches_to!r} is no question that asks for bounds"
        yield LintFinding("error", where.key("x-switches-to"), message, "name one with x-derives")
    elif not question.adds:
        message = "there is nothing to switch from: no column is in x-adds"
        yield LintFinding("error", where.key("x-switches-to"), message, "leave the key out")
