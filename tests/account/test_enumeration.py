"""The bounds are those found by going through every possible set of dead (worlds.py), whatever the words say."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.account.worlds import BROADER, DAYS, FIRST_DAY, PLACES, truth

from waqai.account.counts import CountStatement, Link, ReadingChoice
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning
from waqai.account.rules import SWITCHES, Policy
from waqai.account.scope import Blame, Taxonomy, World
from waqai.account.sources import said_by

EXAMPLES = int(os.environ.get("WAQAI_PROVE", "1000"))
"""Stories to go through, the same in each run; `make prove` asks for many more, and for new ones."""
PROVING = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="WAQAI_PROVE" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
TAXONOMY = Taxonomy({name: [wide] if wide else [] for name, wide in BROADER.items()}, {})
BLAME = Blame(frozenset({"ours", "our-part"}), frozenset({"alliance"}))
DAY = [FIRST_DAY + dt.timedelta(days=n) for n in range(1, 5)]
SPREADS: list[dict[str, Any]] = [
    {"units": frozenset({"SY-HI"}), "countries": frozenset({"SY"})},
    {"units": frozenset({"SY-DY"}), "countries": frozenset({"SY"})},
    {"units": frozenset({"SY-HI", "SY-DY"}), "countries": frozenset({"SY"})},
    {"units": frozenset({"SY-DY", "IQ-NI"}), "countries": frozenset({"SY", "IQ"})},
    {"countries": frozenset({"SY"})},
    {},
]
Span = tuple[dt.date | None, dt.date | None]
WITHIN: list[Span] = [(a, b) for a in DAY for b in DAY if a <= b]
SPANS = st.sampled_from([(None, None)] * 3 + [(DAY[0], DAY[0])] * 6 + [(DAY[0], None), (DAY[2], None), *WITHIN])
ASKED = [{"SY-HI"}, {"SY-DY"}, {"SY-HI", "SY-DY"}, {"SY-HI", "SY-DY", "SY"}, set(PLACES)]
TRAITS = [("person", "child"), ("person", "female"), ("nationality", "RU"), ("member", "our-part")]


@dataclass(frozen=True)
class Story:
    """Counts and a question about them."""

    counts: tuple[CountStatement, ...]
    asked: Asked
    policy: Policy

    def bound(self) -> Bound:
        counts = said_by(self.counts, self.policy.sources)
        world = World.of(TAXONOMY, counts, BLAME if self.policy.by else None).and_units(PLACES)
        return Reckoning(counts, world, self.policy, [self.asked.victim_class]).bound(self.asked)

    def truth(self) -> tuple[int, int | None] | None:
        policy = self.policy
        first = (policy.since - FIRST_DAY).days if policy.since else DAYS[0]
        last = (policy.until - FIRST_DAY).days if policy.until else DAYS[-1]
        return truth(
            said_by(self.counts, policy.sources),
            self.asked.victim_class,
            self.asked.units,
            range(first, last + 1),
            by=policy.by is not None,
            all_readings=policy.readings == "all_readings",
            off=policy.off,
        )


@st.composite
def counts(draw: st.DrawFn, number: int, earlier: list[CountStatement]) -> CountStatement:
    """One count; as a rule in one unit on one day, so that counts meet."""
    low = draw(st.integers(0, 3))
    leaves = draw(st.sampled_from([*([name] for name in BROADER), ["army", "militia"], []]))
    spread = draw(st.sampled_from([*SPREADS, *SPREADS[:1] * 3]))
    first, last = draw(SPANS)
    plain = CountStatement(
        iri=f"k{number}",
        article=draw(st.sampled_from(["a", "b"])),
        low=draw(st.sampled_from([low, low, low, None])),
        high=draw(st.sampled_from([low, low, low + 1, None])),
        certainty=draw(st.sampled_from(["stated"] * 6 + ["disputed", "denied"])),
        kind=draw(st.sampled_from(["incident", "incident", "period_total"])),
        leaves=frozenset(leaves),
        first=first,
        last=last,
        open_end=last is None and draw(st.booleans()),
        originator=draw(st.sampled_from(["monitor", "agency"])),
        perpetrators=frozenset(draw(st.sampled_from([[], [], ["ours"], ["our-part"], ["alliance"], ["theirs"]]))),
        places=frozenset(draw(st.sampled_from([[], [], ["here"], ["there"]]))),
        traits=frozenset(draw(st.sampled_from([[], [], [], [], *([t] for t in TRAITS)]))),
        **spread,
    )
    if plain.low is None and plain.high is None:
        plain = replace(plain, vague=True)
    told = [] if not earlier else draw(st.lists(links(earlier), max_size=2, unique_by=lambda k: k.target))
    if len(told) == 2 and draw(st.booleans()):
        pair = tuple(ReadingChoice(f"r{number}-{i}", i == 0, (link,)) for i, link in enumerate(told))
        return replace(plain, readings=pair)
    return replace(plain, links=tuple(told))


@st.composite
def links(draw: st.DrawFn, earlier: list[CountStatement]) -> Link:
    kinds = ["subset_of", "subset_of", "subset_of", "contained_in", "disjoint_from", "sum_of", "restates", "updates"]
    rule = draw(st.sampled_from([None, None, None, "same_article_same_total", "one_event"]))
    return Link(draw(st.sampled_from(kinds)), draw(st.sampled_from(earlier)).iri, source=rule is None, rule=rule)


@st.composite
def stories(draw: st.DrawFn, most: int = 5) -> Story:
    told: list[CountStatement] = []
    for number in range(draw(st.integers(1, most))):
        told.append(draw(counts(number, told)))
    since, until = draw(st.one_of(st.just((None, None)), st.sampled_from([(DAY[1], None), (None, DAY[2]), *WITHIN])))
    policy = Policy(
        since=since,
        until=until,
        readings=draw(st.sampled_from(["preferred_reading", "all_readings"])),
        off=draw(st.sampled_from([frozenset(), frozenset(), *(frozenset({rule}) for rule in sorted(SWITCHES))])),
        by=draw(st.sampled_from([None, None, "ours"])),
        sources=frozenset(draw(st.sampled_from([[], [], [], ["monitor"]]))),
    )
    asked = Asked(draw(st.sampled_from(sorted(BROADER))), frozenset(draw(st.sampled_from(ASKED))))
    return Story(tuple(told), asked, policy)


def sensible(story: Story) -> bool:
    """Is no count revised twice? Which revision then holds is not said."""
    revised = [
        k.target
        for c in story.counts
        for k in (*c.links, *(k for r in c.readings for k in r.links))
        if k.kind == "updates"
    ]
    return len(set(revised)) == len(revised)


@PROVING
@given(stories())
def test_bounds_are_those_of_every_possible_world(story: Story) -> None:
    expected = story.truth() if sensible(story) else None
    if expected is None:  # the counts contradict each other
        return
    bound = story.bound()
    assert (bound.low, bound.high) == expected


@PROVING
@given(stories())
def test_the_statements_named_force_an_end_by_themselves(story: Story) -> None:
    bound = story.bound()
    low = replace(story, counts=tuple(c for c in story.counts if c.iri in bound.low_statements)).bound()
    high = replace(story, counts=tuple(c for c in story.counts if c.iri in bound.high_statements)).bound()
    assert (low.low, high.high) == (bound.low, bound.high)


@PROVING
@given(stories(), st.randoms())
def test_the_order_in_which_counts_come_changes_nothing(story: Story, order: Random) -> None:
    mixed = list(story.counts)
    order.shuffle(mixed)
    assert replace(story, counts=tuple(mixed)).bound() == story.bound()
