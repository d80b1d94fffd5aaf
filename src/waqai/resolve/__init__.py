"""Mentions become actors and places of the registers; statements get their units, their country, their victims' class.

Pure: article, statements and registers in, statements out. What is undecided stays open, with its candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from waqai.model import ActorRef, Article, CasualtyCount, Certainty, EventStatement, Registers, Statement
from waqai.resolve import actors, mentions, places
from waqai.resolve.context import Context
from waqai.resolve.publisher import publisher_of
from waqai.text.names import NameIndex

_indexes: list[tuple[Registers, NameIndex]] = []
_KEPT = 2
"""Two versions of the registers are compared article by article."""


def resolve(statements: Sequence[Statement], article: Article, registers: Registers) -> list[Statement]:
    """Decide the actors and places of an article's statements; their order is kept."""
    context = Context(article, registers, names_of(registers))
    scope = cache(lambda refs, sentence: places.scope(refs, sentence, context))
    where = _with_namesakes([_located(statement, scope, context) for statement in statements])
    located = _with_only_units(where, context)
    acted = [_acted(statement, context) for statement in located]
    by_id = {statement.id: statement for statement in acted}
    return [_classed(statement, context, by_id) for statement in acted]


def names_of(registers: Registers) -> NameIndex:
    """The name index of the registers in use, built once."""
    for known, index in _indexes:
        if known is registers:
            return index
    built = NameIndex(registers)
    _indexes[:] = [(registers, built), *_indexes[: _KEPT - 1]]
    return built


def _located(statement: Statement, scope: Callable[..., places.Scope], context: Context) -> Statement:
    """Places, units, covers, country; a statement without a place of its own is where the text was last."""
    where = scope(statement.places, statement.sentence)
    country = where.country or context.country_at(statement.sentence) or _country_of_telling(statement, context)
    return replace(statement, places=where.places, units=where.units, covers=where.covers, country=country)


def _with_namesakes(statements: Sequence[Statement]) -> list[Statement]:
    """A place unknown to the registers lies where the article says elsewhere that it does (بلدة … بريف إدلب)."""
    homes: dict[str, set[tuple[str, ...]]] = {}
    for statement in statements:
        for name in mentions.unknown_names(statement.places) if len(statement.units) == 1 else ():
            homes.setdefault(name, set()).add(statement.units)
    return [_at_home(statement, homes) for statement in statements]


def _at_home(statement: Statement, homes: Mapping[str, set[tuple[str, ...]]]) -> Statement:
    found = [homes[name] for name in mentions.unknown_names(statement.places) if name in homes]
    if statement.units or len(found) != 1 or len(found[0]) != 1:
        return statement
    units = next(iter(found[0]))
    return replace(statement, units=units, covers=units, country=units[0].partition("-")[0])


def _with_only_units(statements: Sequence[Statement], context: Context) -> list[Statement]:
    """An incident for which no place at all is told is where the article's other incidents were, if all were in one."""
    incidents = [s for s in statements if isinstance(s, CasualtyCount) and s.kind in ("incident", "updated_toll")]
    told = {frozenset(count.units): count.units for count in incidents if count.units}
    units = next(iter(told.values()), ())
    country = units[0].partition("-")[0] if units else None
    if len(told) != 1 or len(units) != 1 or country not in context.countries[:1]:
        return list(statements)
    without = {count.id for count in incidents if not (count.units or mentions.tells_a_place(count.places))}
    return [replace(s, units=units, covers=units, country=country) if s.id in without else s for s in statements]


def _country_of_telling(statement: Statement, context: Context) -> str | None:
    """The country of whoever says so, originator first, the publisher last."""
    tellers = actors.decide(statement.source, None, context)
    ids = [ref.actor for ref in tellers if ref.actor]
    outlet = publisher_of(context.article, context.names)
    tellers_known = (context.registers.actors.get(identifier or "") for identifier in (*ids, outlet))
    return next((teller.country for teller in tellers_known if teller and teller.country), None)


def _acted(statement: Statement, context: Context) -> Statement:
    country = statement.country
    source = actors.decide(statement.source, country, context)
    if isinstance(statement, EventStatement):
        doers = actors.decide(statement.actors, country, context)
        return replace(
            statement, source=source, actors=doers, targets=actors.decide(statement.targets, country, context)
        )
    harmed = replace(statement.victims, organisations=actors.decide(statement.victims.organisations, country, context))
    perpetrators = actors.decide(statement.perpetrators, country, context)
    return replace(
        statement,
        source=source,
        victims=harmed,
        perpetrators=perpetrators,
        certainty=_certainty(statement, source, context),
    )


def _certainty(count: CasualtyCount, source: Sequence[ActorRef], context: Context) -> Certainty:
    """Only a party to the fighting claims; who watches it states."""
    speaker = context.registers.actors.get(source[0].actor or "") if source else None
    watches = speaker is not None and bool(speaker.kinds & {"Monitor", "HumanitarianOrganisation"})
    return "stated" if watches and count.certainty == "claimed" else count.certainty


def _classed(statement: Statement, context: Context, by_id: dict[str, Statement]) -> Statement:
    if isinstance(statement, CasualtyCount):
        return replace(statement, victims=actors.classed(statement, context, by_id))
    return statement
