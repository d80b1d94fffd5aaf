"""Where places lie to each other: how fine they are, which hold which, how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, cached_property

from waqai.model import Place, Registers
from waqai.resolve.registers import load_registers
from waqai.text.letters import folded

_FINE = frozenset({"Town", "Facility", "District"})
EARTH_DIAMETER_KM = 12_742.0


class Ground:
    """The places of the registers, as far as accounts are compared by them."""

    def __init__(self, registers: Registers) -> None:
        self._places = registers.places

    def fine(self, places: Iterable[str]) -> frozenset[str]:
        """Towns, facilities, districts, and regions that lie in one unit: not units, countries, wide regions."""
        return frozenset(place for place in places if self._is_fine(self._places.get(place)))

    def _is_fine(self, place: Place | None) -> bool:
        return place is not None and (place.kind in _FINE or (place.kind == "Region" and len(place.units) == 1))

    def units(self, place: str) -> tuple[str, ...]:
        """The first-level units that a place lies in."""
        found = self._places.get(place)
        return found.units if found else ()

    def within(self, place: str) -> frozenset[str]:
        """A place and the districts that hold it."""
        found: set[str] = set()
        at: str | None = place
        while at is not None and at not in found and self._is_fine(self._places.get(at)):
            found.add(at)
            at = self._places[at].parent
        return frozenset(found)

    def is_finest(self, place: str, among: Iterable[str]) -> bool:
        """Does it hold none of the others?"""
        return not any(place != other and place in self.within(other) for other in among)

    def km(self, one: str, other: str) -> float | None:
        """The distance of two places in kilometres; None where one has no coordinates."""
        a, b = self._places.get(one), self._places.get(other)
        if a is None or b is None or a.latitude is None or b.latitude is None:
            return None
        if a.longitude is None or b.longitude is None:
            return None
        north, south = math.radians(a.latitude), math.radians(b.latitude)
        across = math.radians(b.longitude - a.longitude)
        half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
        return EARTH_DIAMETER_KM * math.asin(math.sqrt(half))

    @cached_property
    def wide_words(self) -> frozenset[str]:
        """The words of the names of units, countries and wide regions, folded: they say little of where."""
        wide = (place for place in self._places.values() if not self._is_fine(place))
        return frozenset(word for place in wide for name in place.names for word in words(name.text))


def words(text: str) -> list[str]:
    """Folded words of letters, the Arabic article and what is written onto a word taken off."""
    plain = "".join(char if char.isalpha() else " " for char in folded(text).lower())
    return [_bare(word) for word in plain.split()]


_LONGEST_CLITIC = 4
_CLITICS = ("وبال", "وال", "بال", "لل", "ال", "و", "ب", "ل")


@cache
def _bare(word: str) -> str:
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_STEM:
            return word.removeprefix(clitic)
    return word


_SHORTEST_STEM = 3


@cache
def ground() -> Ground:
    """The ground of the registers as they are installed."""
    return Ground(load_registers())
