"""The saved questions of the data room `queries`: a head that people and grlc read, and a SPARQL text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from waqai import resources
from waqai.ask.lexer import variables
from waqai.errors import QuestionError, UnknownQuestion

TYPES = ("iri", "integer", "literal", "xsd_date", "xsd_boolean", "ar", "en")
"""What a parameter's variable may end in."""
KINDS = ("code", "codes", "text", "integer", "bound", "date", "iri", "iris")
"""What a column may hold. `bound`: whole people, nothing is an open end; `codes`, `iris`: several, a space between."""

_VARIABLE = re.compile(rf"(?P<dashes>__?)(?P<name>[a-z][a-z0-9]*)_(?P<type>{'|'.join(TYPES)})")
_GRLC_KEYS = frozenset(
    {"summary", "description", "tags", "defaults", "enumerate", "endpoint_in_url", "method", "pagination"}
)
_OUR_KEYS = frozenset(
    {"x-title", "x-parameters", "x-columns", "x-additive", "x-adds", "x-switches-to", "x-derives", "x-chart"}
)
_REQUIRED = ("summary", "description", "endpoint_in_url", "x-title", "x-columns", "x-additive")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes. `default` is what the text takes when none is given; `allowed` empty: any."""

    name: str
    type: str
    required: bool
    meaning: Mapping[str, str]
    default: str | None = None
    allowed: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The variable's name in the text, as grlc spells it."""
        return f"{'_' if self.required else '__'}{self.name}_{self.type}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: its name in the text, what it holds (KINDS), what it means."""

    name: str
    kind: str
    meaning: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BoundsWanted:
    """Bounds that must be derived before the question is asked: an outcome, and the classes that get rows.

    `by_method_and_month`: a row for each country, means and month instead of each unit. `before` is the parameter whose
    day parts articles: the bounds from those published before it are derived too. Both are derived when asked for, and
    not kept in the store (`kept`).
    """

    outcome: str
    classes: tuple[str, ...]
    collection: str | None = None
    by_method_and_month: bool = False
    before: str | None = None

    @property
    def kept(self) -> bool:
        return not self.by_method_and_month and self.before is None


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture of the answer shows: a bar a row, from `low` to `high` or of one `value`; names of columns."""

    labels: tuple[str, ...]
    low: str | None = None
    high: str | None = None
    value: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question. `additive` names the number columns whose sum over rows means something.

    `adds` names the columns in which numbers of people were added, `switches_to` the question that answers by bounds
    where these are not additive.
    """

    name: str
    title: Mapping[str, str]
    summary: str
    description: str
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    additive: tuple[str, ...]
    tags: tuple[str, ...]
    bounds: BoundsWanted | None
    path: Path
    adds: tuple[str, ...] = ()
    switches_to: str | None = None
    chart: Chart | None = None


def load_questions() -> dict[str, Question]:
    """All saved questions by name, `quality/…` included. Raises QuestionError for a broken one."""
    home = resources.room("queries")
    return {q.name: q for q in (read_question(path, home) for path in resources.files("queries", "**/*.rq"))}


def find_question(name: str) -> Question:
    """One saved question. Raises UnknownQuestion."""
    questions = load_questions()
    if name not in questions:
        names = sorted(questions)
        near = difflib.get_close_matches(name, names) or [other for other in names if name in other]
        meant = f"perhaps {' or '.join(near)}; " if near else ""
        raise UnknownQuestion(f"no question is called {name!r}", cure=f"{meant}`waqai ask` lists all questions")
    return questions[name]


def read_question(path: Path, home: Path | None = None) -> Question:
    """Read one file. Raises QuestionError with file and line where head or text break a rule of docs/questions.md."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QuestionError("not text in UTF-8", address=str(path), cure="save the file as UTF-8") from error
    return _Head(path, text).question(path.relative_to(home or path.parent).with_suffix("").as_posix())


class _Head:
    """The `#+` lines of one file, read strictly."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.entries = self._yaml(text)

    def _yaml(self, text: str) -> CommentedMap:
        lines = text.splitlines()
        length = next((i for i, line in enumerate(lines) if not line.startswith("#+")), len(lines))
        if "\t" in "".join(lines[:length]):
            self.fail(f"{self.path}", "a tab in the head", "indent with two spaces")
        source = "\n".join(line[2:].removeprefix(" ") for line in lines[:length])
        try:
            entries = YAML().load(source)
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.fail(f"{self.path}:{line}", f"the head is not YAML: {error.problem}", "correct the line")
        if not isinstance(entries, CommentedMap):
            self.fail(f"{self.path}:1", "no head", "begin with `#+ summary: …` (docs/questions.md)")
        return entries

    def fail(self, address: str, message: str, cure: str) -> NoReturn:
        raise QuestionError(message, address=address, cure=cure)

    def at(self, holder: CommentedMap, key: str) -> str:
        """file:line:key"""
        line = holder.lc.key(key)[0] + 1 if key in holder else (holder.lc.line or 0) + 1
        return f"{self.path}:{line}:{key}"

    def wrong(self, holder: CommentedMap, key: str, message: str, cure: str) -> NoReturn:
        self.fail(self.at(holder, key), message, cure)

    def words(self, holder: CommentedMap, key: str) -> str:
        value = holder.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(holder, key, f"{key} must be text", "write it")
        return value.strip()

    def both(self, holder: CommentedMap, key: str | None = None) -> dict[str, str]:
        """Text in both languages."""
        inner = holder if key is None else holder.get(key)
        if not isinstance(inner, CommentedMap):
            self.wrong(holder, key or "", f"{key} needs `ar` and `en`", "write both")
        return {lang: self.words(inner, lang) for lang in ("ar", "en")}

    def listed(self, key: str) -> list[CommentedMap]:
        value = self.entries.get(key, CommentedSeq())
        if not isinstance(value, CommentedSeq) or not all(isinstance(v, CommentedMap) for v in value):
            self.wrong(self.entries, key, f"{key} must be a list of entries", "begin each with `- name: …`")
        return list(value)

    def question(self, name: str) -> Question:
        entries = self.entries
        for key in entries:
            if key not in _GRLC_KEYS | _OUR_KEYS:
                self.wrong(entries, key, f"unknown key {key!r}", f"one of {', '.join(sorted(_GRLC_KEYS | _OUR_KEYS))}")
        for key in _REQUIRED:
            if key not in entries:
                self.fail(f"{self.path}:1:{key}", f"the head has no {key}", "write it")
        if entries["endpoint_in_url"] is not False:
            self.wrong(entries, "endpoint_in_url", "endpoint_in_url must be False", "write `endpoint_in_url: False`")
        columns = tuple(self._column(c) for c in self.listed("x-columns"))
        question = Question(
            name=name,
            title=self.both(entries, "x-title"),
            summary=self.words(entries, "summary"),
            description=self.words(entries, "description"),
            text=self.text,
            parameters=self._parameters(),
            columns=columns,
            additive=tuple(str(c) for c in self._strings(entries, "x-additive")),
            tags=tuple(self._strings(entries, "tags")),
            bounds=self._bounds(),
            path=self.path,
            adds=tuple(self._strings(entries, "x-adds")),
            switches_to=self.words(entries, "x-switches-to") if "x-switches-to" in entries else None,
            chart=self._chart({c.name: c.kind for c in columns}) if "x-chart" in entries else None,
        )
        self._check(question)
        return question

    def _strings(self, holder: CommentedMap, key: str) -> list[str]:
        value = holder.get(key, CommentedSeq())
        if not isinstance(value, CommentedSeq) or not all(isinstance(v, str) for v in value):
            self.wrong(holder, key, f"{key} must be a list of words", "write `[]` for none")
        return list(value)

    def _column(self, entry: CommentedMap) -> Column:
        self._only(entry, {"name", "type", "ar", "en"})
        kind = self.words(entry, "type")
        if kind not in KINDS:
            self.wrong(entry, "type", f"{kind!r} is no type of column", f"one of {', '.join(KINDS)}")
        return Column(self.words(entry, "name"), kind, self.both(entry))

    def _only(self, entry: CommentedMap, keys: set[str]) -> None:
        for key in entry:
            if key not in keys:
                self.wrong(entry, key, f"unknown key {key!r}", f"one of {', '.join(sorted(keys))}")

    def _parameters(self) -> tuple[Parameter, ...]:
        spelled = {m["name"]: m for m in map(_VARIABLE.fullmatch, dict(variables(self.text))) if m}
        for name, _ in variables(self.text):
            if name.startswith("_") and not _VARIABLE.fullmatch(name):
                self.fail(
                    f"{self.path}:{self._line(name)}",
                    f"?{name} is no parameter",
                    "spell it ?_name_type (docs/questions.md)",
                )
        allowed = self._by_name("enumerate")
        defaults = self._by_name("defaults")
        found = [self._parameter(e, spelled, allowed, defaults) for e in self.listed("x-parameters")]
        for name in spelled.keys() - {p.name for p in found}:
            line = self._line(spelled[name].group())
            self.fail(
                f"{self.path}:{line}", f"the head does not tell of the parameter {name!r}", "add it to x-parameters"
            )
        return tuple(found)

    def _line(self, variable: str) -> int:
        offset = dict(reversed(list(variables(self.text))))[variable]
        return self.text.count("\n", 0, offset) + 1

    def _by_name(self, key: str) -> dict[str, Any]:
        return {name: value for entry in self.listed(key) for name, value in entry.items()}

    def _parameter(
        self,
        entry: CommentedMap,
        spelled: Mapping[str, re.Match[str]],
        allowed: Mapping[str, Any],
        defaults: Mapping[str, Any],
    ) -> Parameter:
        self._only(entry, {"name", "type", "ar", "en"})
        name, kind = self.words(entry, "name"), self.words(entry, "type")
        if name not in spelled or spelled[name]["type"] != kind:
            self.wrong(
                entry, "name", f"the text has no parameter ?_{name}_{kind} or ?__{name}_{kind}", "make them agree"
            )
        default = defaults.get(name)
        return Parameter(
            name=name,
            type=kind,
            required=spelled[name]["dashes"] == "_",
            meaning=self.both(entry),
            default=None if default is None else str(default).lower() if isinstance(default, bool) else str(default),
            allowed=tuple(str(value) for value in allowed.get(name, ())),
        )

    def _bounds(self) -> BoundsWanted | None:
        if "x-derives" not in self.entries:
            return None
        derives = self.entries["x-derives"]
        if not isinstance(derives, CommentedMap) or list(derives) != ["bounds"]:
            self.wrong(
                self.entries, "x-derives", "only bounds can be derived", "write `bounds:` with outcome and classes"
            )
        wanted = derives["bounds"]
        self._only(wanted, {"outcome", "classes", "collection", "by", "before"})
        collection = self.words(wanted, "collection") if "collection" in wanted else None
        by = self._strings(wanted, "by")
        if by not in ([], ["method", "month"]):
            self.wrong(wanted, "by", "bounds are cut by method and month, or not", "write `by: [method, month]`")
        before = self.words(wanted, "before") if "before" in wanted else None
        classes = tuple(self._strings(wanted, "classes"))
        return BoundsWanted(self.words(wanted, "outcome"), classes, collection, bool(by), before)

    def _chart(self, kinds: Mapping[str, str]) -> Chart:
        entry = self.entries["x-chart"]
        if not isinstance(entry, CommentedMap):
            self.wrong(self.entries, "x-chart", "x-chart needs labels, and low and high or value", "write them")
        self._only(entry, {"labels", "low", "high", "value", "group"})
        chart = Chart(
            tuple(self._strings(entry, "labels")),
            *(self.words(entry, key) if key in entry else None for key in ("low", "high", "value", "group")),
        )
        named = [*((key, entry[key]) for key in ("low", "high", "value", "group") if key in entry)]
        for key, name in [*named, *(("labels", label) for label in chart.labels)]:
            if name not in kinds:
                self.wrong(entry, key, f"{name!r} is no column", f"one of {', '.join(kinds)}")
            if key in ("low", "high", "value") and kinds[name] not in ("integer", "bound"):
                self.wrong(entry, key, f"{name!r} holds no numbers", "name a column of integers or bounds")
        interval = chart.low is not None and chart.high is not None
        if not chart.labels or interval == (chart.value is not None) or (chart.low is None) != (chart.high is None):
            self.wrong(self.entries, "x-chart", "x-chart needs labels, and low and high or value", "write them")
        return chart

    def _check(self, question: Question) -> None:
        """The text is SPARQL as it stands, and its columns are those of the head."""
        try:
            result = ox.Store().query(question.text)
        except SyntaxError as error:
            self.fail(str(self.path), f"not SPARQL: {error}", "correct the text")
        if not isinstance(result, ox.QuerySolutions):
            self.fail(str(self.path), "a question is a SELECT query", "write SELECT …")
        selected = [v.value for v in result.variables]
        if selected != [c.name for c in question.columns]:
            self.wrong(self.entries, "x-columns", f"the text selects {' '.join(selected)}", "name these, in this order")
        before = question.bounds.before if question.bounds else None
        if before and not any(p.name == before and p.type == "xsd_date" for p in question.parameters):
            self.wrong(self.entries["x-derives"]["bounds"], "before", f"no parameter {before!r} is a day", "name one")
        numbers = {c.name for c in question.columns if c.kind == "integer"}
        for name in question.additive:
            if name not in numbers:
                self.wrong(self.entries, "x-additive", f"{name!r} is no integer column", "name integer columns only")
        for name in question.adds:
            if name not in selected:
                self.wrong(self.entries, "x-adds", f"{name!r} is no column", f"one of {', '.join(selected)}")
