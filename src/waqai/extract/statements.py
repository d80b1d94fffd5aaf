"""Drafts become statements: restatements joined, relations with who asserts them, readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from waqai.extract.breakdowns import breakdowns
from waqai.extract.drafts import Draft
from waqai.extract.locating import told_best
from waqai.extract.scene import Scene
from waqai.extract.who import tell_kinds
from waqai.model import ActorRef, CasualtyCount, CountKind, Operator, Reading, Relation, VictimGroup


def statements_of(scene: Scene, drafts: list[Draft]) -> list[CasualtyCount]:
    """One statement for each count that is no restatement, or restates in another number, in text order."""
    for draft in drafts:
        if draft.restates and not _otherwise(draft):
            _join(draft.restates, draft)
    kept = [draft for draft in drafts if draft.restates is None or _otherwise(draft)]
    _locate(scene, drafts)
    tell_kinds(scene, kept)
    _also(scene, kept)
    _sum_up(kept)
    _revise(kept)
    ids = {id(draft): f"k{position}" for position, draft in enumerate(kept, 1)}
    statements = [_statement(scene, draft, ids) for draft in kept]
    sums = {id(_told_first(whole, ids)): parts for whole, parts in breakdowns(scene, kept)}
    return [_summing(s, sums.get(id(draft), ()), ids) for s, draft in zip(statements, kept, strict=True)]


def _summing(count: CasualtyCount, parts: Sequence[Draft], ids: dict[int, str]) -> CasualtyCount:
    """The count with those that it is said to be the sum of."""
    sums = (Relation("sum_of", ids[id(part)], "source", "the list of all its parts") for part in parts)
    return replace(count, relations=(*count.relations, *sums)) if parts else count


def _otherwise(draft: Draft) -> bool:
    """Does another source give another number of the same people (12 hurt, 13 hurt)? None of the two may be lost."""
    first = draft.restates
    if first is None or not (first.numbered and draft.numbered):
        return False
    return (first.high is not None and (draft.low or 0) > first.high) or (
        draft.high is not None and (first.low or 0) > draft.high
    )


def _locate(scene: Scene, drafts: list[Draft]) -> None:
    """What is told several times happened where it is told best."""
    told: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        told[id(draft.restates or draft)].append(draft)
    for again in told.values():
        again[0].places = told_best(scene, again)


def _also(scene: Scene, drafts: list[Draft]) -> None:
    """`كما وثّق …`: a total of other people, told on top of the total before it, is counted besides it."""
    totals = [draft for draft in drafts if draft.total and draft.parent is None]
    for before, draft in pairwise(totals):
        opening = scene.sentences[draft.sentence].first
        also = scene.hit(opening, "attribution", "continues")
        new = draft.sentence != before.sentence and draft.beside is None
        if also and new and draft.outcomes == before.outcomes and draft.classes and not draft.classes & before.classes:
            draft.beside, draft.added = before, True


def _sum_up(drafts: list[Draft]) -> None:
    """A lead that sums up (`3 بين قتيل وجريح`, `40 قتيلاً في سلسلة هجمات`) holds what is then told one by one."""
    for lead in [draft for draft in drafts if _may_sum_up(draft, drafts[0])]:
        parts = [draft for draft in drafts if _may_be_part(lead, draft)]
        known = sum(draft.low or 0 for draft in parts)
        sums_up = lead.total or lead.outcomes == ("killed_or_injured",)
        if (sums_up and (lead.low is None or lead.high is None or known <= lead.low)) or (
            len(parts) > 1 and known == lead.low
        ):
            for draft in parts:
                draft.parent = lead
            lead.perpetrators = lead.perpetrators or _shared_doer(parts)


def _shared_doer(parts: list[Draft]) -> tuple[ActorRef, ...]:
    """Who did it to all of the parts; of a day's dead in several incidents nobody did it to all."""
    doers = {tuple(actor.words for actor in part.perpetrators) for part in parts}
    return parts[0].perpetrators if len(doers) == 1 else ()


def _may_sum_up(draft: Draft, first: Draft) -> bool:
    """Losses without a number (`ضحايا بقصف`) are no set of which others are a part."""
    leads = draft.lead or (draft.total and draft.sentence == first.sentence)
    losses = not draft.numbered and draft.outcomes == ("killed_or_injured",)
    return leads and draft.parent is None and not losses


def _revise(drafts: list[Draft]) -> None:
    """A toll that has risen revises the last one of the same outcome, and is of its incident."""
    last: dict[str, Draft] = {}
    for draft in drafts:
        earlier = last.get(draft.outcomes[0])
        if draft.toll and not draft.total and earlier and earlier.sentence != draft.sentence:
            draft.updates = earlier
            draft.perpetrators = draft.perpetrators or earlier.perpetrators
            draft.methods = draft.methods or earlier.methods
            draft.places = draft.places or earlier.places
        if draft.parent is None and draft.numbered and (draft.low or 0) > 1:
            last[draft.outcomes[0]] = draft


def _may_be_part(lead: Draft, draft: Draft) -> bool:
    if draft.sentence <= lead.sentence or draft.parent is not None or draft.total or draft.lead:
        return False
    if lead.outcomes == ("killed_or_injured",):
        return draft.outcomes[0] in ("killed", "injured")
    same_kind = not lead.classes or not draft.classes or bool(lead.classes & draft.classes)
    return lead.outcomes == draft.outcomes and (lead.total or (same_kind and draft.evidence != lead.evidence))


def _join(first: Draft, again: Draft) -> None:
    """The body completes the headline; of number and vague word the number stands."""
    first.evidence += again.evidence
    if not first.numbered and again.numbered:
        first.low, first.high, first.operator, first.vague_word = again.low, again.high, again.operator, None
    first.classes = first.classes or again.classes
    first.organisations = first.organisations or again.organisations
    first.perpetrators = first.perpetrators or again.perpetrators
    first.methods = (
        tuple(dict.fromkeys((*first.methods, *again.methods))) if first.lead else first.methods or again.methods
    )
    if not first.period.words:
        first.period = again.period
    first.source = first.source or again.source
    first.parent = first.parent or again.parent


def _statement(scene: Scene, draft: Draft, ids: dict[int, str]) -> CasualtyCount:
    sentence = scene.sentences[draft.sentence]
    relations, readings = _relations(draft, ids)
    return CasualtyCount(
        id=ids[id(draft)],
        evidence=tuple(dict.fromkeys(draft.evidence)),
        sentence=scene.span(sentence.first, sentence.last),
        outcome=draft.outcomes[0],
        low=draft.low,
        high=draft.high,
        operator=draft.operator if draft.numbered else _vague(),
        victims=_victims(scene, draft),
        vague_word=None if draft.numbered else draft.vague_word or scene.words(draft.first, draft.last),
        kind=_kind(draft),
        perpetrators=draft.perpetrators,
        methods=draft.methods,
        places=draft.places,
        period=draft.period,
        source=draft.source,
        certainty=draft.certainty,
        relations=relations,
        readings=readings,
    )


def _vague() -> Operator:
    return "vague"


def _kind(draft: Draft) -> CountKind:
    if draft.standing:
        return "state"
    if draft.total:
        return "period_total"
    return "updated_toll" if draft.toll else "incident"


def _victims(scene: Scene, draft: Draft) -> VictimGroup:
    span = scene.span(draft.first, max(draft.end, draft.last))
    noun = draft.noun
    registered = draft.registered and any(ref.candidates for ref in draft.organisations)
    return VictimGroup(
        words=span.of(scene.article.text),
        span=span,
        classes=frozenset() if registered else draft.classes,
        presumed=draft.classes,
        likely=draft.likely,
        fighters=noun is not None and noun.role == "member",
        organisations=draft.organisations,
        nationalities=_nationalities(draft),
        occupations=(noun.occupation,) if noun and noun.occupation else (),
        gender=noun.gender if noun else None,
        children=bool(noun and noun.child),
    )


def _nationalities(draft: Draft) -> tuple[str, ...]:
    """What is both given and excluded («من جنسيات سورية وغير سورية») is any nationality: it tells nothing apart."""
    given = dict.fromkeys(draft.nationalities)
    both = {code for code in given if f"-{code}" in given}
    return tuple(code for code in given if code.removeprefix("-") not in both)


def _relations(draft: Draft, ids: dict[int, str]) -> tuple[tuple[Relation, ...], tuple[Reading, ...]]:
    whole = _told_first(draft.parent, ids)
    beside = _told_first(draft.beside, ids) if draft.added else None
    found: tuple[Relation, ...] = ()
    if whole is not None and whole is not draft:
        found += (Relation("subset_of", ids[id(whole)], "source", "named as a part of it"),)
    if beside is not None and beside is not draft:
        found += (Relation("disjoint_from", ids[id(beside)], "source", "counted in addition to it"),)
    if draft.restates is not None and id(draft.restates) in ids:
        found += (Relation("restates", ids[id(draft.restates)], "source", "the same people, told in another number"),)
    if draft.updates is not None:
        found += (Relation("updates", ids[id(draft.updates)], "source", "the toll is told again, revised"),)
    if not draft.fork or whole is None:
        return found, ()
    besides = Relation("disjoint_from", ids[id(whole)], "source", "counted in addition to it")
    preferred = Reading(True, found, "joined by `and` to a part that `among them` introduces")
    other = Reading(False, (besides,), "`and` may also go on from the whole: another organisation, another number")
    return found, (preferred, other)


def _told_first(draft: Draft | None, ids: dict[int, str]) -> Draft | None:
    """The count itself, or the one that it restates; None for an amount that turned out to be no count (denied, …)."""
    return next((told for told in (draft, draft and draft.restates) if id(told) in ids), None)
