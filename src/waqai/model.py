"""What passes between the rooms: frozen values, no behaviour beyond what they mean.

Offsets are code points into `Article.text`, half-open. Codes (outcomes, kinds, victim classes, event kinds, operators)
are the notations of the concepts in ontology/vocabulary.ttl; a test keeps the two in step.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Lang = Literal["ar", "en"]
Outcome = Literal["killed", "injured", "captured", "missing", "killed_or_injured"]
Operator = Literal["exact", "at_least", "more_than", "at_most", "about", "between", "vague"]
CountKind = Literal["incident", "updated_toll", "period_total", "state", "breakdown"]
Certainty = Literal["stated", "claimed", "denied", "disputed"]
RelationKind = Literal["subset_of", "disjoint_from", "sum_of", "updates", "restates", "contained_in"]

VICTIM_CLASSES = (
    "civilian",
    "government_forces",
    "pro_government_militia",
    "iran_backed_militia",
    "jihadist",
    "rebel",
    "kurdish_forces",
    "foreign_state_forces",
    "police_security",
    "tribal_or_local_fighters",
    "houthi",
    "palestinian_armed_group",
)
"""The leaves that a text can name (GUIDE.md of the annotation); none = unknown, several = mixed."""
CIVIL = frozenset({"civilian"})
SEVERAL = frozenset({"mixed"})
"""Several classes that are not all told."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the article's text: code points, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date that keeps its precision: a year, a month of a year, or a day (Gregorian)."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD."""
        parts = [f"{self.year:04d}", *(f"{p:02d}" for p in (self.month, self.day) if p is not None)]
        return "-".join(parts)

    def first(self) -> dt.date:
        """The earliest day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> dt.date:
        """The latest day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @classmethod
    def parse(cls, text: str) -> Day:
        """Read YYYY, YYYY-MM or YYYY-MM-DD. Raises ValueError for anything else."""
        parts = text.split("-")
        if not 1 <= len(parts) <= 3 or [len(p) for p in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError(f"not a day: {text!r}")
        day = cls(*(int(p) for p in parts))
        day.last()
        dt.date(day.year, day.month or 1, day.day or 1)
        return day


@dataclass(frozen=True, slots=True)
class Period:
    """When people were harmed, as far as the text decides.

    A side that is None is unknown; `open_end` says that the text runs the period to the day of writing ("until today")
    and that this day is not known. `words` is the time expression of the text.
    """

    start: Day | None = None
    end: Day | None = None
    open_end: bool = False
    words: str | None = None
    span: Span | None = None

    def edtf(self) -> str:
        """Extended Date/Time Format (ISO 8601-2): `..` is an open end, nothing is an unknown one."""
        start = self.start.iso() if self.start else ""
        end = self.end.iso() if self.end else (".." if self.open_end else "")
        return start if start == end and start else f"{start}/{end}"


@dataclass(frozen=True, slots=True)
class Article:
    """The document as it came in. `id` is twenty hex digits of a hash over address and text.

    `summary`: the text is the summary that a feed gives, which may say less than the article.
    """

    id: str
    text: str
    lang: Lang
    file: str
    publisher: str | None = None
    published: Day | None = None
    url: str | None = None
    headline: Span | None = None
    summary: bool = False


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Words of the text that name an actor; `actor` is its id in the register once decided."""

    words: str
    span: Span | None = None
    candidates: tuple[str, ...] = ()
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Words of the text that name a place; `place` is its id in the register once decided.

    `sense` is the sense of a region that was read in context (an id of the register).
    """

    words: str
    span: Span | None = None
    candidates: tuple[str, ...] = ()
    place: str | None = None
    sense: str | None = None


@dataclass(frozen=True, slots=True)
class VictimGroup:
    """Who was harmed, as the text gives it. No class at all is unknown, several are mixed.

    `mixed` itself is held where the text says that there are several without telling which.
    """

    words: str | None = None
    span: Span | None = None
    classes: frozenset[str] = frozenset()
    presumed: frozenset[str] = frozenset()
    """What the noun alone would say, where the register may know better of an organisation."""
    likely: frozenset[str] = frozenset()
    """What the words suggest without saying so (18 people, mostly children): nothing is reckoned with it."""
    fighters: bool = False
    """Does the noun say that they belong to a force?"""
    organisations: tuple[ActorRef, ...] = ()
    nationalities: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes; a code with a leading `-` is excluded ("not Syrian")."""
    occupations: tuple[str, ...] = ()
    gender: Literal["female", "male"] | None = None
    children: bool = False

    def class_code(self) -> str:
        """One code for the group: its class, `mixed`, or `unknown`."""
        if len(self.classes) > 1:
            return "mixed"
        return next(iter(self.classes or self.likely), "unknown")


@dataclass(frozen=True, slots=True)
class Relation:
    """That one count stands to another in a relation, who says so, and why.

    `target` is the local id of a statement of the same article. `asserted_by` is "source" where the words say it
    ("among them") and "waqai" where we conclude it under `rule` (the notation of a named rule of reading).
    """

    kind: RelationKind
    target: str
    asserted_by: Literal["source", "waqai"]
    reason: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading ambiguous words; all are kept, one is preferred for a stated reason."""

    preferred: bool
    relations: tuple[Relation, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CasualtyCount:
    """One number of one victim group with one outcome, as one source says it.

    `low` and `high` are whole people; None is an open end, never zero. A vague count has neither, and `vague_word`.
    `source` is the attribution chain without the outlet, originator first; empty: the outlet speaks in its own voice.
    `perpetrators` are the words held responsible. `persons` are the spans of all names of private persons in its
    article, headline included: whole names, and the parts of them that may stand for them alone; the same in every
    statement.
    """

    id: str
    evidence: tuple[Span, ...]
    sentence: Span
    outcome: Outcome
    low: int | None
    high: int | None
    operator: Operator
    victims: VictimGroup = VictimGroup()
    vague_word: str | None = None
    kind: CountKind = "incident"
    perpetrators: tuple[ActorRef, ...] = ()
    methods: tuple[str, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    units: tuple[str, ...] = ()
    """ISO 3166-2 codes of the first-level units that the text names or that its named places lie in."""
    covers: tuple[str, ...] = ()
    """Codes of the units that the count may spread over: `units`, and what its regions overlap. Empty: unknown."""
    country: str | None = None
    period: Period = Period()
    source: tuple[ActorRef, ...] = ()
    certainty: Certainty = "stated"
    relations: tuple[Relation, ...] = ()
    readings: tuple[Reading, ...] = ()
    persons: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class EventStatement:
    """A statement about an event that carries no number: an attack, a claim of responsibility, an arrest, …

    `kind` and `about` are codes of event kinds: a claim of responsibility (`kind`) is about an attack (`about`).
    `persons` as in a count.
    """

    id: str
    evidence: tuple[Span, ...]
    sentence: Span
    kind: str
    about: str | None = None
    actors: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    units: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    country: str | None = None
    period: Period = Period()
    source: tuple[ActorRef, ...] = ()
    certainty: Certainty = "stated"
    persons: tuple[Span, ...] = ()


Statement = CasualtyCount | EventStatement


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an actor or a place. A strong name counts alone; a weak one needs a second sign."""

    text: str
    lang: Lang
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the actor register, memberships in defined classes included."""

    id: str
    kinds: frozenset[str]
    """Local names of ontology classes, asserted and inferred: `Militia`, `IranBackedMilitia`, …"""
    names: tuple[Name, ...]
    victim_class: str | None = None
    """The code of the class that members of this actor fall in when they are harmed."""
    country: str | None = None
    side: str | None = None
    """The id of whom it is part of or loyal to, at the end of that chain: those of one side do not fight each other."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the place register or of the gazetteer.

    `units` are the ISO 3166-2 codes of the first-level units it lies in or overlaps. A region that has several senses
    has one id per sense; `contexts` are the ids of the places that speak for a sense when named nearby.
    """

    id: str
    kind: str
    """Local name of an ontology class: Country, FirstLevelUnit, District, Region, Town, Facility."""
    names: tuple[Name, ...]
    country: str | None
    units: tuple[str, ...] = ()
    parent: str | None = None
    administrative: bool = True
    sense_of: str | None = None
    contexts: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Registers:
    """The registers as plain values, for the rooms that know no RDF."""

    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def senses(self) -> Mapping[str, Sequence[Place]]:
        """The senses of each region that has several."""
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            if place.sense_of is not None:
                found.setdefault(place.sense_of, []).append(place)
        return found
