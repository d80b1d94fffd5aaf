"""The named rules of reading, and what a question asks: every one of them can be switched off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final, Literal

CLOSED_NAMING = "closed_naming"
"""A named subset count ("among them 140 of the Iran-backed militias") exhausts its class inside its whole."""

SAME_ARTICLE_SAME_TOTAL = "same_article_same_total"
"""A period count is contained in a wider one of the same article, source, perpetrator and classes."""

RUNNING_TOTAL = "running_total"
"""The smaller member of one source's series ("since 24 March 2019") is contained in the larger one."""

SAME_SOURCE_SAME_NUMBER = "same_source_same_number"
"""The same number for the same victims, places and days, by the same originator in two articles, is said once."""

ONE_EVENT = "one_event"
"""Counts of one event's victims in several articles are of the same victims; later ones revise their originator's."""

VAGUE_NEVER_ENTERS = "vague_never_enters"
"""Vague counts are listed beside an answer; they do not open its upper end."""

PREFERRED_READING: Final = "preferred_reading"
ALL_READINGS: Final = "all_readings"

CONTRADICTION_SET_ASIDE = "contradiction_set_aside"
"""No switch: relations that cannot hold together with the others of their sources were left out of the sum."""

SWITCHES = frozenset({CLOSED_NAMING, SAME_ARTICLE_SAME_TOTAL, RUNNING_TOTAL, SAME_SOURCE_SAME_NUMBER, ONE_EVENT})


@dataclass(frozen=True, slots=True)
class Policy:
    """Which statements enter and how they are read.

    `since` and `until` are the first and last day asked for; None: no limit. `minimum_sources` is the number of
    """

    since: dt.date | None = None
    until: dt.date | None = None
    minimum_sources: int = 1
    readings: Literal["preferred_reading", "all_readings"] = "preferred_reading"
    off: frozenset[str] = frozenset()
    by: str | None = None
    sources: frozenset[str] = frozenset()
    published_before: dt.date | None = None
    """Only articles that are not surely published on or after this day; None: all."""

    def on(self, rule: str) -> bool:
        """Is a named rule in force?"""
        return rule not in self.off

    def without(self, rule: str) -> Policy:
        """The same policy with one rule switched off."""
        return replace(self, off=self.off | {rule})
