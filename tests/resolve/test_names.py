"""The name index: longest names, under particles, in both scripts, in linear time."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.model import Actor, Name, Place, Registers
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex, NameMatch
from waqai.text.tokens import Token, tokens


def place(identifier: str, *names: str, weak: tuple[str, ...] = ()) -> Place:
    strong = tuple(Name(name, "ar") for name in names)
    return Place(identifier, "Town", strong + tuple(Name(name, "ar", strong=False) for name in weak), "SY")


def actor(identifier: str, *names: str) -> Actor:
    return Actor(identifier, frozenset({"Militia"}), tuple(Name(name, "ar") for name in names))


PLACES = [
    place("damascus", "دمشق", "Damascus"),
    place("rif", "ريف دمشق"),
    place("raqqa", "الرقة", "Ar-Raqqah"),
    place("homs", "حمص", "Homs"),
    place("dayr", "دير الزور", "Deir ez-Zor"),
    place("tyre", "صور"),
    place("sirte", "سرت"),
    place("bab", "Al Bab", weak=("الباب",)),
    place("daraa", "Dar'a"),
    place("suran-hama", "صوران"),
    place("suran-aleppo", weak=("صوران",)),
    place("zone", "منطقة بوتين-أردوغان"),
    place("iran-country", "إيران"),
    place("syria", "سوريا"),
]
ACTORS = [actor("iran", "إيران"), actor("sdf", "قوات سوريا الديمقراطية"), actor("is", "التنظيم")]
REGISTERS = Registers({a.id: a for a in ACTORS}, {p.id: p for p in PLACES})
INDEX = NameIndex(REGISTERS)


def found(text: str) -> list[tuple[str, str]]:
    """The names in a text: words, and the first candidate."""
    return [(match.span.of(text), match.candidates[0]) for match in INDEX.find(tokens(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("في ريف دمشق ودمشق", [("ريف دمشق", "rif"), ("ودمشق", "damascus")]),
        ("بالرقة وللرقة والرقه", [("بالرقة", "raqqa"), ("وللرقة", "raqqa"), ("والرقه", "raqqa")]),
        ("دير الزّور ودَيْرِ الزور", [("دير الزّور", "dayr"), ("ودَيْرِ الزور", "dayr")]),
        ("هجوم للتنظيم", [("للتنظيم", "is")]),
        (
            "in Deir-ez-Zor, Deir ez Zor and Deir Zor",
            [("Deir-ez-Zor", "dayr"), ("Deir ez Zor", "dayr"), ("Deir Zor", "dayr")],
        ),
        ("al-Raqqah, Al Raqqah, Raqqah", [("al-Raqqah", "raqqa"), ("Al Raqqah", "raqqa"), ("Raqqah", "raqqa")]),
        ("Dar’a's west, Homs's east", [("Dar’a's", "daraa"), ("Homs's", "homs")]),
        ("at Homs", [("Homs", "homs")]),
        ("منطقة “بوتين – أردوغان”", [("منطقة “بوتين – أردوغان", "zone")]),
        ("عناصر من قوات سوريا الديمقراطية في سوريا", [("قوات سوريا الديمقراطية", "sdf"), ("سوريا", "syria")]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text", ["أظهرت الصور", "كسرت الباب الكبير"[:4], "محمص", "الحمصي", "Homsi", "دير\nالزور", "دير، الزور"]
)
def test_look_alikes_are_not_names(text: str) -> None:
    assert found(text) == []


def test_strong_bearers_come_first_and_a_weak_name_says_so() -> None:
    shared, weak = INDEX.find(tokens("صوران ثم الباب"))
    assert (shared.candidates, shared.strong) == (("suran-hama", "suran-aleppo"), True)
    assert (weak.candidates, weak.strong) == (("bab",), False)


def test_an_actor_and_a_place_of_one_name_are_two_matches_on_the_same_words() -> None:
    matches = INDEX.find(tokens("دعم إيران"))
    assert [(m.sort, m.candidates) for m in matches] == [("actor", ("iran",)), ("place", ("iran-country",))]
    assert matches[0].span == matches[1].span


@cache
def real() -> NameIndex:
    return NameIndex(load_registers())


@cache
def strong_names() -> list[tuple[str, str, str]]:
    registers = load_registers()
    sides = (("actor", registers.actors), ("place", registers.places))
    return [(n.text, sort, e.id) for sort, side in sides for e in side.values() for n in e.names if n.strong]


@given(st.data(), st.sampled_from(["", "و", "ب", "وب"]))
@settings(max_examples=300, deadline=None)
def test_every_name_of_the_registers_is_found_by_itself_and_in_a_sentence(data: Any, particle: str) -> None:
    text, sort, bearer = data.draw(st.sampled_from(strong_names()))
    takes_particles = "\u0620" <= text[0] <= "\u064a" and len(tokens(text)[0].norm) > 2
    written = f"…: {particle if takes_particles else ''}{text}."
    matches = [m for m in real().find(tokens(written)) if m.sort == sort]
    assert any(bearer in m.candidates for m in matches), written


PIECES = (
    "دير",
    "الزور",
    "ريف",
    "دمشق",
    "وحمص",
    "التنظيم",
    "قوات",
    "سوريا",
    "al",
    "-",
    "ez",
    "Deir",
    "Zor",
    ",",
    "\n",
    "12",
)


@given(st.lists(st.sampled_from(PIECES)))
def test_matches_are_in_order_apart_and_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    cut = tokens(text)
    matches = INDEX.find(cut)
    places = [match for match in matches if match.sort == "place"]
    for match in matches:
        assert 0 <= match.first < match.last <= len(cut)
        assert (match.span.start, match.span.end) == (cut[match.first].span.start, cut[match.last - 1].span.end)
        assert match.candidates
    assert all(a.last <= b.first for a, b in pairwise(places))


class Counted(list[Token]):
    """Tokens that count how often they are looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1
        return super().__getitem__(at)


def looks(index: NameIndex, text: str) -> tuple[int, int, list[NameMatch]]:
    cut = Counted(tokens(text))
    matches = index.find(cut)
    return cut.looks, len(cut), matches


def test_it_is_linear_in_the_text() -> None:
    """Looks at tokens, not seconds: a text of a megabyte costs as much for each token as one of a hundredth of it."""
    sentence = (
        "قتل عنصران من قوات سوريا الديمقراطية في بادية دير الزور والرقة، near Deir - ez - Zor; al al al al al - - - - "
    )
    small, few, _ = looks(real(), sentence * 40)
    large, many, matches = looks(real(), sentence * 4_500)
    assert len(sentence) * 4_500 > 450_000
    assert large / many < 1.05 * small / few
    assert len(matches) > 4_500 * 3


def test_words_that_begin_a_name_again_and_again_do_not_cost_more_than_its_length() -> None:
    index = NameIndex(Registers({}, {"x": place("x", "قوات " * 30 + "النصر")}))
    cost, many, matches = looks(index, "قوات " * 20_000)
    assert matches == []
    assert cost < 100 * many


def test_joining_marks_without_end_do_not_make_a_name_long() -> None:
    cost, many, _ = looks(INDEX, ("دير " + "- " * 300) * 50)
    assert cost < 60 * many
