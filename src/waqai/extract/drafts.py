"""A count while it is being read: what the steps fill in, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from waqai.lexicon import Term
from waqai.model import ActorRef, Certainty, Operator, Outcome, Period, PlaceRef, Span


@dataclass(slots=True, eq=False)
class Draft:
    """One amount of people: `first`..`last` hold number and noun, `end` is where the words about the group end.

    `naked`: a number without a noun; `bare`: a noun without a number. Both need a word of harm right beside them.
    """

    first: int
    last: int
    end: int
    sentence: int
    low: int | None = None
    high: int | None = None
    operator: Operator = "exact"
    vague_word: str | None = None
    noun: Term | None = None
    naked: bool = False
    bare: bool = False
    definite: bool = False
    listed: bool = False
    """Is it a name in a list of names?"""
    # who
    classes: frozenset[str] = frozenset()
    organisations: tuple[ActorRef, ...] = ()
    nationalities: tuple[str, ...] = ()
    registered: bool = False
    """Is one of its organisations such that only the register knows its class?"""
    person: frozenset[str] = frozenset()
    """The words of the name, of one person who is named in English."""
    # what happened
    outcomes: tuple[Outcome, ...] = ()
    rule: Term | None = None
    trigger: tuple[int, int] | None = None
    agents: tuple[ActorRef, ...] = ()
    # how it stands to the others
    parent: Draft | None = None
    beside: Draft | None = None
    likely: frozenset[str] = frozenset()
    """Who they were as far as the words suggest it without saying so."""
    like: Draft | None = None
    """The count whose kind of people these are, where the words leave it to that one (آخرون)."""
    added: bool = False
    lead: bool = False
    """Does it stand in the headline or the first sentence?"""
    among: bool = False
    """Is it said to be of the dead or hurt that were told before (اثنان من الجرحى)?"""
    fork: bool = False
    restates: Draft | None = None
    updates: Draft | None = None
    # circumstances
    perpetrators: tuple[ActorRef, ...] = ()
    methods: tuple[str, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    placed: bool = False
    """Does its own sentence tell where, and more than the country?"""
    period: Period = field(default_factory=Period)
    toll: bool = False
    """A toll that is revised or summed up (ارتفعت الحصيلة إلى …)."""
    total: bool = False
    standing: bool = False
    source: tuple[ActorRef, ...] = ()
    certainty: Certainty = "stated"
    evidence: list[Span] = field(default_factory=list)

    @property
    def numbered(self) -> bool:
        """Has it a number?"""
        return self.low is not None or self.high is not None

    @property
    def start(self) -> int:
        """Where it begins with its word of harm."""
        return min(self.first, self.trigger[0]) if self.trigger else self.first

    @property
    def stop(self) -> int:
        """Where it ends with its word of harm."""
        return max(self.end, self.trigger[1]) if self.trigger else self.end

    def whole(self) -> Draft:
        """The outermost count of which it is a part."""
        found = self
        while found.parent:
            found = found.parent
        return found
