"""Which numbers of people a SPARQL text adds: read from its algebra, not from its letters.

A number is followed from the triple that states it (`wq:low`, `wq:high`, also at the end of a property path or under a
variable predicate) through BIND, arithmetic, COALESCE, IF and sub-selects into SUM, AVG, or a plus between numbers of
different statements. COUNT adds statements, MAX and MIN choose one: these are no sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, dropwhile
from typing import Any, Literal

import pyoxigraph as ox
from pyparsing import ParseBaseException
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node, URIRef, Variable

from waqai.ask.lexer import Word, words
from waqai.errors import QueryError
from waqai.graph import WQ
from waqai.store.screen import unescaped

MEASURES = {URIRef(f"{WQ}low"): "low", URIRef(f"{WQ}high"): "high"}
"""The properties that hold numbers of people."""
How = Literal["SUM", "AVG", "+"]

_TRUTHS = frozenset(
    {"RelationalExpression", "ConditionalAndExpression", "ConditionalOrExpression", "UnaryNot", "Builtin_BOUND"}
    | {"Builtin_EXISTS", "Builtin_NOTEXISTS", "Builtin_REGEX", "Builtin_CONTAINS", "Builtin_STRLEN"}
)
"""Expressions whose value is true or false, or a length, whatever numbers stand in them."""
_ADDERS: Mapping[str, How] = {"Aggregate_Sum": "SUM", "Aggregate_Avg": "AVG"}
_COUNTERS = frozenset({"Aggregate_Count", "Aggregate_GroupConcat"})
_ADDING = ("sum", "avg", "+")
DEEPEST = 100
"""Brackets within brackets: parsers that descend into them lose their stack at some depth."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A number's origin: `low` or `high` of a statement; `statement` is the term that names it, None: it is hidden."""

    measure: str
    statement: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """One place where numbers of people are added.

    `statements` are the terms that name what is added; `hidden`: some are named by none. `columns` are those of the
    answer that hold the sum, or something made of it. `depth` is 0 in the outermost SELECT.
    """

    how: How
    statements: tuple[str, ...]
    hidden: bool
    distinct: bool
    grouped: bool
    depth: int
    columns: tuple[str, ...] = ()


Flow = frozenset[Origin | int]
"""What flows into a variable: numbers of statements, and sums by their position in the list."""
Env = Mapping[Variable, Flow]
_NOTHING: Flow = frozenset()


def may_add(sparql: str) -> bool:
    """A quick no: do the letters of SUM or AVG, or a plus, stand anywhere in the text, however they are written?

    The head is left out, a comment by any reading. No tokens here: `?n<SUM(?low)&&?m>` may be read as an IRI, and
    `\\u0053UM` is SUM too.
    """
    body = dropwhile(lambda line: line.startswith("#"), unescaped(sparql).splitlines())
    letters = "\n".join(body).casefold()
    return any(adder in letters for adder in _ADDING)


def sums(sparql: str) -> tuple[Sum, ...]:
    """Everything that a query text adds of numbers of people. Raises QueryError for a text that cannot be followed."""
    if not may_add(sparql):
        return ()
    return _Follower().query(_algebra(unescaped(sparql)))


def number_columns(sparql: str) -> tuple[str, ...]:
    """The columns of an answer that hold numbers of people, as stated or reckoned with. Raises QueryError."""
    return _Follower().columns(_algebra(sparql))


def _algebra(sparql: str) -> Query:
    if _depth(sparql) > DEEPEST:
        raise QueryError(f"brackets stand more than {DEEPEST} deep in each other", cure="write the query flatter")
    try:
        ox.Store().query(sparql)
        return translateQuery(parseQuery(sparql))
    except (SyntaxError, ParseBaseException) as error:
        raise QueryError(f"not SPARQL 1.1: {error}", cure="correct the text") from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply to be followed", cure="write it flatter") from error
    except Exception as error:  # rdflib raises Exception itself for what its algebra does not allow
        raise QueryError(f"not a query that can be followed: {error}", cure="correct the text") from error


def _depth(sparql: str) -> int:
    steps = ((c in "{([") - (c in "])}") for c in sparql)
    return max(accumulate(steps), default=0)


@dataclass(slots=True)
class _Follower:
    """Walks an algebra and notes the sums."""

    found: list[Sum] = field(default_factory=list)

    def query(self, query: Query) -> tuple[Sum, ...]:
        env = self._walk(query.algebra.p, 0)
        shown = query.algebra.get("PV") or []
        return tuple(
            Sum(
                s.how,
                s.statements,
                s.hidden,
                s.distinct,
                s.grouped,
                s.depth,
                tuple(str(v) for v in shown if number in env.get(v, _NOTHING)),
            )
            for number, s in enumerate(self.found)
        )

    def columns(self, query: Query) -> tuple[str, ...]:
        env = self._walk(query.algebra.p, 0)
        return tuple(str(v) for v in query.algebra.get("PV") or [] if env.get(v))

    def _walk(self, node: Any, depth: int) -> dict[Variable, Flow]:
        """What flows into each variable that a pattern binds."""
        match node.name if isinstance(node, CompValue) else None:
            case None:
                env = {}
            case "BGP":
                env = _joined(_triple(*triple) for triple in node.triples)
            case "Project":
                env = self._projected(node, depth)
            case "Extend":
                env = self._walk(node.p, depth)
                env[node.var] = self._value(node.expr, env, depth, _is_grouped(node.p))
            case "AggregateJoin":
                env = self._aggregated(node, depth)
            case "ToMultiSet":
                env = self._walk(node.get("p"), depth + 1)
            case "Minus":
                env = self._walk(node.p1, depth)
            case _:
                env = _joined(self._walk(node.get(part), depth) for part in ("p", "p1", "p2", "part", "graph"))
        return env

    def _projected(self, node: CompValue, depth: int) -> dict[Variable, Flow]:
        """What a SELECT lets out: a statement whose variable stays inside is hidden from then on."""
        env, out = self._walk(node.p, depth), set(node.PV)
        names = {v.n3() for v in out}
        return {v: _seen_by(flow, names) for v, flow in env.items() if v in out}

    def _aggregated(self, node: CompValue, depth: int) -> dict[Variable, Flow]:
        env = self._walk(node.p, depth)
        keys = {key.n3() for key in node.p.expr or () if isinstance(key, Variable)}
        out: dict[Variable, Flow] = {}
        for aggregate in node.A:
            if aggregate.name in _COUNTERS:
                continue
            known = len(self.found)
            flow = self._value(aggregate.vars, env, depth, grouped=True)
            how = _ADDERS.get(aggregate.name)
            if how and flow:
                del self.found[known:]  # a plus inside a sum is part of it
                flow = frozenset(part for part in flow if isinstance(part, Origin) or part < known)
                flow |= {self._note(how, flow, depth, grouped=True, distinct=bool(aggregate.distinct))}
            out[aggregate.res] = flow if aggregate.name == "Aggregate_Sample" else _seen_by(flow, keys)
        return out

    def _value(self, expr: Any, env: Env, depth: int, grouped: bool) -> Flow:
        """What flows through an expression; notes a plus between numbers of different statements."""
        if isinstance(expr, Variable):
            return env.get(expr, _NOTHING)
        if isinstance(expr, list | tuple):
            return _NOTHING.union(*(self._value(e, env, depth, grouped) for e in expr))
        if not isinstance(expr, CompValue) or expr.name in _TRUTHS:
            return _NOTHING
        if expr.name == "Builtin_IF":
            return self._value([expr.arg2, expr.arg3], env, depth, grouped)
        flows = [self._value(part, env, depth, grouped) for key, part in expr.items() if key != "_vars"]
        flow = _NOTHING.union(*flows)
        if expr.name == "AdditiveExpression" and self._adds(expr, env, depth, grouped):
            flow |= {self._note("+", flow, depth, grouped=grouped, distinct=False)}
        return flow

    def _adds(self, expr: CompValue, env: Env, depth: int, grouped: bool) -> bool:
        signs = ["+", *expr.op]
        operands = [expr.expr, *expr.other]
        flows = [self._value(e, env, depth, grouped) for e, sign in zip(operands, signs, strict=False) if sign == "+"]
        named = [f for f in map(self._named, flows) if f]
        return any(one != other or None in one for i, one in enumerate(named) for other in named[i + 1 :])

    def _named(self, flow: Flow) -> frozenset[str | None]:
        """The terms that name the statements in a flow, None for hidden ones; of a sum those that it adds."""
        within = [self.found[part] for part in flow if isinstance(part, int)]
        if within:
            return frozenset(name for s in within for name in (*s.statements, *([None] if s.hidden else [])))
        return frozenset(part.statement for part in flow if isinstance(part, Origin))

    def _note(self, how: How, flow: Flow, depth: int, *, grouped: bool, distinct: bool) -> int:
        origins = [part for part in flow if isinstance(part, Origin)]
        within = any(isinstance(part, int) for part in flow)
        named = tuple(sorted({o.statement for o in origins if o.statement}))
        hidden = within or any(o.statement is None for o in origins)
        self.found.append(Sum(how, named, hidden, distinct, grouped, depth))
        return len(self.found) - 1


def _is_grouped(node: Any) -> bool:
    while isinstance(node, CompValue) and node.name in ("Extend", "Filter"):
        node = node.p
    return isinstance(node, CompValue) and node.name == "AggregateJoin"


def _seen_by(flow: Flow, names: set[str]) -> Flow:
    return frozenset(
        Origin(p.measure, p.statement if p.statement in names or not _is_variable(p.statement) else None)
        if isinstance(p, Origin)
        else p
        for p in flow
    )


def _is_variable(name: str | None) -> bool:
    return name is None or name.startswith("?")


def _joined(envs: Iterable[Env]) -> dict[Variable, Flow]:
    whole: dict[Variable, Flow] = {}
    for env in envs:
        for variable, flow in env.items():
            whole[variable] = whole.get(variable, _NOTHING) | flow
    return whole


def _triple(subject: Node, predicate: Node | Path, value: Node) -> dict[Variable, Flow]:
    """The numbers that a triple pattern puts into its variables."""
    inverse = isinstance(predicate, InvPath) and isinstance(predicate.arg, URIRef)
    simple = isinstance(predicate, URIRef | Variable)
    found: dict[Variable, Flow] = {}
    if isinstance(value, Variable):
        found[value] = frozenset(Origin(m, _term(subject) if simple else None) for m in _at_end(predicate))
    if isinstance(subject, Variable):
        found[subject] = frozenset(Origin(m, _term(value) if inverse else None) for m in _at_start(predicate))
    return found


def _term(node: Node) -> str | None:
    """A variable or an IRI as it stands in a query; a blank node names nothing that could be asked for."""
    return node.n3() if isinstance(node, Variable | URIRef) else None


def _at_end(path: Any) -> frozenset[str]:
    """The measures whose numbers may stand where a path ends."""
    return _reached(path, forward=True)


def _at_start(path: Any) -> frozenset[str]:
    """The measures whose numbers may stand where a path begins."""
    return _reached(path, forward=False)


def _reached(path: Any, *, forward: bool) -> frozenset[str]:
    steps: Iterable[Any] = ()
    match path:
        case NegatedPath():
            return frozenset(MEASURES.values())
        case Variable() | URIRef() if forward:
            return frozenset(m for iri, m in MEASURES.items() if path == iri or isinstance(path, Variable))
        case InvPath():
            return _reached(path.arg, forward=not forward)
        case AlternativePath():
            steps = path.args
        case MulPath():
            steps = (path.path,)
        case SequencePath():
            steps = _outer(path.args, forward=forward)
    return frozenset[str]().union(*(_reached(step, forward=forward) for step in steps))


def _outer(steps: list[Any], *, forward: bool) -> Iterator[Any]:
    """The last step of a sequence (first: backward), and the ones before as long as the step may be left out."""
    for step in reversed(steps) if forward else steps:
        yield step
        if not (isinstance(step, MulPath) and step.zero):
            return


@dataclass(frozen=True, slots=True)
class Witness:
    """A SELECT that answers which statements a sum adds: in column ADDED their IRIs, in ROWS how many solutions.

    `text` is the query's own SELECT with these two columns more; None where the sum cannot be followed to statements.
    """

    text: str | None
    of: Sum


ADDED, ROWS = "waqaiAdded", "waqaiRows"


def witnesses(sparql: str) -> tuple[Witness, ...]:
    """For every sum of a text the query that names the statements added. Raises QueryError."""
    sparql = unescaped(sparql)
    found = sums(sparql)
    made = [w for text in _selects(sparql) for w in _witnessed(text)]
    loose = [Witness(None, s) for s in found] if len(made) < len(found) else []
    return tuple(made + loose)


def _witnessed(text: str) -> Iterator[Witness]:
    for own in (s for s in sums(text) if s.depth == 0):
        followed = own.statements and not own.hidden
        yield Witness(_with_statements(text, own) if followed else None, own)


def _with_statements(text: str, own: Sum) -> str | None:
    joined = ', " ", '.join(f"STR({name})" for name in own.statements)
    each = f"CONCAT({joined})" if len(own.statements) > 1 else joined
    if own.grouped and own.how == "+":
        return None
    if own.grouped:
        added = f'(GROUP_CONCAT(DISTINCT {each}; SEPARATOR=" ") AS ?{ADDED}) (COUNT({own.statements[0]}) AS ?{ROWS})'
    else:
        added = f"({each} AS ?{ADDED}) (1 AS ?{ROWS})"
    select, *rest = [w for w in words(text) if w.text.upper() not in ("PREFIX", "BASE")]
    if rest and rest[0].text == "*":
        return None
    at = rest[0].end if rest and rest[0].text.upper() in ("DISTINCT", "REDUCED") else select.end
    return f"{text[:at]} {added} {text[at:]}"


def _selects(sparql: str) -> Iterator[str]:
    """Every SELECT of a text as a query of its own, the outermost first."""
    tokens = list(words(sparql))
    first = next((i for i, w in enumerate(tokens) if w.text.upper() in ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")), 0)
    prologue = sparql[: tokens[first].start] if tokens else ""
    for i, word in enumerate(tokens):
        if word.text.upper() == "SELECT":
            yield prologue + sparql[word.start : _closing(tokens[i:], len(sparql))]


def _closing(tokens: list[Word], end: int) -> int:
    """Where the group that holds the first token ends."""
    depth = 0
    for word in tokens:
        depth += (word.text == "{") - (word.text == "}")
        if depth < 0:
            return word.start
    return end
