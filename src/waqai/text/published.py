"""The day of publication as metadata give it, in whatever form they were found."""

from __future__ import annotations

import re
from functools import reduce

from waqai.model import Day, Lang
from waqai.text import days_english, points_arabic
from waqai.text.letters import folded
from waqai.text.moments import Point, common
from waqai.text.numbers import Numerals
from waqai.text.stream import FIRST_YEAR, LAST_YEAR, Stream, ordered
from waqai.text.tokens import tokens

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?=T|[^\d-]|$)")
_STAMP = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?![\d/])")
_YEAR = re.compile(r"\d{4}")
_CENTURY_TURNS = 70
"""Two-digit years: 00–69 are 2000–2069, 70–99 are 1970–1999 (POSIX strptime has 69)."""


def parse_published(text: str, lang: Lang) -> Day | None:
    """Read ISO 8601, RFC 822, «29 أكتوبر 2017», 28/07/09, 10/29/2017, 2017-10, 2017. The day is the one written.

    Strict: numbers that leave day and month open are read day first in Arabic and only to the year in English; several
    dates that disagree give what they agree on (their month, their year), else None; so does anything not understood.
    Hijri and relative dates ("yesterday") are None. In a run of time stamps, as a page with links to other articles
    gives them, the first counts if the second is of the same day: the page's own stamp, in two zones.
    """
    plain = folded(text).strip().upper()
    stamps = _STAMP.findall(plain)
    if len(stamps) > 1 and stamps[0] == stamps[1]:
        plain = stamps[0]
    found = _iso(plain) or _numeric(plain, lang) or _in_words(text)
    if not found and _YEAR.fullmatch(plain):
        found = [_valid(int(plain), None, None)]
    return reduce(common, found) if found else None


def _iso(plain: str) -> list[Day | None]:
    compact = _COMPACT.fullmatch(plain)
    if compact:
        return [_valid(*(int(part) for part in compact.groups()))]
    return [_valid(int(y), int(m), int(d) if d else None) for y, m, d in _ISO.findall(plain)]


def _numeric(plain: str, lang: Lang) -> list[Day | None]:
    found: list[Day | None] = []
    for one, two, year in _NUMERIC.findall(plain):
        full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _CENTURY_TURNS else 1900)
        point = ordered(int(one), int(two), full, lang)
        possible = 1 <= int(one) <= 31 and 1 <= int(two) <= 31 and min(int(one), int(two)) <= 12
        found.append(_valid(full, point.month, point.day) if possible else None)
    return found


def _in_words(text: str) -> list[Day | None]:
    """Dates with a month by name and a year, in either language."""
    cut = tokens(text)
    arabic, english = Stream.over(cut, text, Numerals.of(cut, "ar")), Stream.over(cut, text, Numerals.of(cut, "en"))
    found: list[Day | None] = []
    i = 0
    while i < len(cut):
        dated = points_arabic.point(arabic, i) or days_english.point(english, i)
        if dated and dated[0].year and dated[0].month:
            found.append(_of(dated[0]))
        i = dated[1] if dated else i + 1
    return found


def _of(point: Point) -> Day | None:
    return _valid(point.year or 0, point.month, point.day)


def _valid(year: int, month: int | None, day: int | None) -> Day | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    made = Day(year, month, day)
    try:
        made.first()
    except ValueError:
        return None
    return made
