"""The day of publication as metadata give it, in whatever form they were found."""

from __future__ import annotations

import datetime as dt
import re
from functools import reduce

from hijridate import Hijri

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
_NUMERIC = re.compile(r"(?<![\d/-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d|\d{2})(?![\d/-])")
_YEAR_FIRST = re.compile(r"(?<![\d/.])((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})(?![\d/.])")
_UNIX = re.compile(r"1\d{9}(?:\d{3})?")
"""Seconds or milliseconds since 1970, as data from programs give them: 2001 to 2033."""
_YEAR = re.compile(r"\d{4}")
_HIJRI_MONTHS = {
    "محرم": 1, "صفر": 2, "ربيع الاول": 3, "ربيع الثاني": 4, "ربيع الاخر": 4, "جمادي الاولي": 5, "جمادي الاول": 5,
    "جمادي الثانيه": 6, "جمادي الاخره": 6, "جمادي الثاني": 6, "رجب": 7, "شعبان": 8, "رمضان": 9, "شوال": 10,
    "ذو القعده": 11, "ذي القعده": 11, "ذو الحجه": 12, "ذي الحجه": 12,
}  # fmt: skip
_WEEKDAYS = {"الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6}
_HIJRI_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})\s+(?:من\s+)?(?:شهر\s+)?"
    rf"({'|'.join(_HIJRI_MONTHS).replace(' ', r' +')}),?\s+(1[34]\d\d)(?!\d)"
)
_HIJRI_NUMERIC = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](1[34]\d\d)(?![\d/-])")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_STAMPS = re.compile(
    rf"({_MONTH}) (\d{{1,2}}), (\d{{4}})(?: at \d{{1,2}}:\d{{2}}\s?[AP]M)?(?= · (?:Shared with|Public|Edited))"
    rf"|(?<=\)) ({_MONTH}) (\d{{1,2}}), (\d{{4}})(?!\d)"
)
"""How pages stamp a post («November 30, 2024 · Shared with Public») and an embedded one («(@outlet) May 2, 2023»)."""
_CENTURY_TURNS = 70
"""Two-digit years: 00–69 are 2000–2069, 70–99 are 1970–1999 (POSIX strptime has 69)."""


def parse_published(text: str, lang: Lang) -> Day | None:
    """The day of ISO 8601, RFC 822, «29 أكتوبر 2017», 28/07/09, 10/29/2017, 12 رجب 1442هـ or Unix time, as written.

    Strict: numbers that leave day and month open are read day first in Arabic and only to the year in English; several
    dates that disagree give what they agree on (their month, their year), else None; so does anything not understood.
    Relative dates ("yesterday") are None. In a run of time stamps, as a page with links to other articles gives them,
    the first counts if no other is earlier, or if the second is of the same day: the page's own, in two zones. A day of
    the Hijri calendar, which differs by a day between countries, is sure only with its weekday, else to the month that
    it surely lies in.
    """
    plain = folded(text).strip().upper()
    stamps = _STAMP.findall(plain)
    if len(stamps) > 1 and stamps[0] in (stamps[1], min(stamps)):
        plain = stamps[0]
    found = _iso(plain) or _numeric(plain, lang) or _in_words(text) or _hijri(plain)
    if not found and _YEAR.fullmatch(plain):
        found = [_valid(int(plain), None, None)]
    if not found and _UNIX.fullmatch(plain):
        on = dt.datetime.fromtimestamp(int(plain[:10]), dt.UTC)
        found = [_valid(on.year, on.month, on.day)]
    return reduce(common, found) if found else None


def stamped(text: str) -> Day | None:
    """The day with which a page stamped the post that its text was taken from; None where stamps disagree."""
    found = {day for stamp in _STAMPS.findall(text) for day in _in_words(" ".join(filter(None, stamp)))}
    return found.pop() if len(found) == 1 else None


def _iso(plain: str) -> list[Day | None]:
    compact = _COMPACT.fullmatch(plain)
    if compact:
        return [_valid(*(int(part) for part in compact.groups()))]
    found = [*_ISO.findall(plain), *_YEAR_FIRST.findall(plain)]
    return [_valid(int(y), int(m), int(d) if d else None) for y, m, d in found]


def _numeric(plain: str, lang: Lang) -> list[Day | None]:
    found: list[Day | None] = []
    for one, _, two, year in _NUMERIC.findall(plain):
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


def _hijri(plain: str) -> list[Day | None]:
    """The day, month or year that a date of the Hijri calendar surely is."""
    numeric, named = _HIJRI_NUMERIC.search(plain), _HIJRI_NAMED.search(plain)
    if not numeric and not named:
        return []
    day, month, year = numeric.groups() if numeric else named.groups() if named else ("", "", "")
    number = int(month) if month.isdigit() else _HIJRI_MONTHS[re.sub(r"\s+", " ", month)]
    try:
        middle = Hijri(int(year), number, int(day)).to_gregorian()
    except (ValueError, OverflowError):
        return []
    possible = [middle + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
    weekday = next((at for word, at in _WEEKDAYS.items() if re.search(rf"\b{word}\b", plain)), None)
    days = [on for on in possible if weekday in (None, on.weekday())]
    return [_valid(on.year, on.month, on.day) for on in days]


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
