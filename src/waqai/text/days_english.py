"""The grammar of days in English: each function reads from a token on and gives what it says and the token after it."""

from __future__ import annotations

from dataclasses import replace

from waqai.text.calendar_words import (
    ENGLISH_MONTHS,
    ENGLISH_SEASONS,
    ENGLISH_SECTIONS,
    ENGLISH_UNITS,
    ENGLISH_WEEKDAYS,
    words,
)
from waqai.text.moments import Interval, Point, Stretch, Unit, When, run
from waqai.text.stream import Stream, numeric_date

Found = tuple[When, int] | None
FoundPoint = tuple[Point, int] | None

DURING = frozenset({"during", "throughout", "over", "within"})
_LAST = frozenset({"last", "past", "previous"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "dawn", "noon", "midday"})
_DAYS_BY_NAME = {"today": 0, "tonight": 0, "overnight": 0, "yesterday": -1}
_SAME_NOUNS = frozenset({"period", "month", "year", "week", "date"})
_DAY = frozenset({"day", "night", "evening", "morning", "afternoon"})
_BESIDE: dict[str, int] = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "same": 0}
_EARLIER_LATER: dict[str, int] = {"earlier": -1, "before": -1, "previously": -1, "prior": -1, "later": 1, "after": 1}
_NOT_OF_A_DAY = words("the a an his her its their this that yesterday his another")
_FROM = frozenset({"from", "between"})
_UNTIL = frozenset({"to", "until", "till", "through"})
_UNIT_NAMES: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}
_BEFORE_A_YEAR = words("before after in since until till of by early late mid during from between and to through")
_BEFORE_A_MONTH = _BEFORE_A_YEAR | {"last", "this"}
_VAGUE_COUNTS = frozenset({"few", "several", "couple", "some"})
BEGINNINGS = frozenset().union(
    *(ENGLISH_MONTHS, ENGLISH_WEEKDAYS, ENGLISH_UNITS, ENGLISH_SECTIONS, ENGLISH_SEASONS, _DAYS_BY_NAME, _FROM, _UNTIL),
    words("the same that since before after recent past last previous this a an next following preceding"),
)


def beside(s: Stream, i: int) -> tuple[int, int] | None:
    """the same day, that night, a day earlier, the next day, two days later: how many days on, and the token after."""
    j = i + 1 if s.norm(i) == "the" else i
    if s.norm(j) in _BESIDE and s.norm(j + 1) in _DAY and (j > i or s.norm(j) == "same"):
        return _BESIDE[s.norm(j)], j + 2
    if s.norm(i) == "that" and s.norm(i + 1) in _DAY and s.norm(i - 1) in ("", ".", ",", "on", "later", "earlier"):
        return 0, i + 2
    number = s.numbers.get(i)
    j = number.last if number else i + 1 if s.norm(i) in ("a", "the") else len(s.tokens)
    shift = _EARLIER_LATER.get(s.norm(j + 1), 0) if s.norm(j) in ("day", "days") else 0
    count = (number.low if number else 1) or 0
    if not shift or s.norm(j + 2) in _NOT_OF_A_DAY or (s.norm(i) == "the" and s.norm(j + 1) not in ("before", "after")):
        return None
    return shift * count, j + 2


def same_period(s: Stream, i: int) -> int | None:
    """the same period, that day: the token after words that point back to a time already given."""
    j = i + 1 if s.norm(i) == "the" else i
    if s.norm(j) == "same" and s.norm(j + 1) in _SAME_NOUNS:
        return j + 2
    return i + 2 if s.norm(i) == "that" and s.norm(i + 1) in _SAME_NOUNS - {"date"} else None


def can_begin(s: Stream, i: int) -> bool:
    """Can a time expression begin at i? A quick look before the grammar, for the many words that begin none."""
    return i in s.numbers or i in s.ordinals or s.tokens[i].kind == "digits" or s.norm(i) in BEGINNINGS


def when(s: Stream, i: int) -> Found:
    """The longest time expression that begins at i."""
    return _span(s, i) or _overnight(s, i) or _since(s, i) or _limit(s, i) or stretch(s, i) or _ago(s, i) or point(s, i)


# ---------------------------------------------------------------- intervals


def _span(s: Stream, i: int) -> Found:
    """from March to May 2020, between 3 and 7 May, 2011-2015 after in or between."""
    if s.norm(i) not in _FROM:
        return None
    start = point(s, i + 1) or _bare_day(s, i + 1)
    if start is None:
        return None
    if start[0].until:
        return run(start[0]), start[1]
    if s.norm(i) == "from":
        return _up_to(s, start[0], start[1])
    end = point(s, start[1] + 1) if s.norm(start[1]) == "and" else None
    return (Interval(start[0], end[0]), end[1]) if end else None


def _overnight(s: Stream, i: int) -> Found:
    """last night and this morning: a run over both days."""
    if s.norm(i) != "last" or s.norm(i + 1) != "night" or s.norm(i + 2) not in ("and", "&"):
        return None
    end = point(s, i + 3)
    same = end is not None and (end[0].unit, end[0].shift) == ("day", 0)
    return (Interval(Point(unit="day", shift=-1), end[0]), end[1]) if end and same else None


def _bare_day(s: Stream, i: int) -> FoundPoint:
    day, j = _day_number(s, i)
    return (Point(day=day), j) if day else None


def _up_to(s: Stream, start: Point, i: int) -> Found:
    if s.norm(i) not in _UNTIL and not (s.norm(i) == "up" and s.norm(i + 1) == "to"):
        return None
    j = i + 2 if s.norm(i) == "up" else i + 1
    end = _now(s, j)
    if end:
        return Interval(start, None, now=True), end
    found = point(s, j)
    return (Interval(start, found[0]), found[1]) if found else None


def _now(s: Stream, i: int) -> int | None:
    if s.norm(i) in ("today", "now", "date"):
        return i + 1
    if s.norm(i) == "the" and s.norm(i + 1) in ("present", "moment"):
        return i + 3 if s.norm(i + 2) == "day" else i + 2
    return i + 2 if s.norm(i) == "this" and s.norm(i + 1) == "day" else None


def _since(s: Stream, i: int) -> Found:
    """since 24 March 2019, since then, since the beginning of the year, as of 2011 stays a point."""
    if s.norm(i) != "since":
        return None
    if s.norm(i + 1) == "then":
        return Interval(now=True), i + 2
    start = point(s, i + 1)
    if start is None:
        return None
    return _up_to(s, start[0], start[1]) or (Interval(start[0], None, now=True), start[1])


def _limit(s: Stream, i: int) -> Found:
    """until today, until May 2020, before Sunday, after 2011."""
    if s.norm(i) in ("until", "till"):
        end = _now(s, i + 1)
        if end:
            return Interval(now=True), end
        found = point(s, i + 1)
        return (Interval(None, found[0]), found[1]) if found else None
    if s.norm(i) == "to" and s.norm(i + 1) == "date":
        return Interval(now=True), i + 2
    if s.norm(i) not in ("before", "after"):
        return None
    found = point(s, i + 1)
    if found is None or found[0].unit:
        return None
    return (Interval(None, found[0]) if s.norm(i) == "before" else Interval(found[0])), found[1]


# ---------------------------------------------------------------- stretches


def stretch(s: Stream, i: int) -> Found:
    """the past 24 hours, the last three months, the past week, in recent days, the past few years."""
    j = i + 1 if s.norm(i) == "the" else i
    if s.norm(j) == "recent":
        return _recent(s, j)
    if s.norm(j) not in ("past", "last", "previous"):
        return None
    number = s.numbers.get(j + 1)
    if number:
        return _units(s, number.last, number.low)
    if s.norm(j + 1) in _VAGUE_COUNTS:
        after = j + 3 if s.norm(j + 2) == "of" else j + 2
        return _units(s, after, None)
    form = s.norm(j + 1)
    if form in ENGLISH_UNITS and (form.endswith("s") or s.norm(j) == "past" or (j > i and s.norm(j) == "last")):
        return _units(s, j + 1, None if form.endswith("s") else 1)
    return None


def _recent(s: Stream, i: int) -> Found:
    unit, _ = ENGLISH_UNITS.get(s.norm(i + 1), ("day", 1))
    return (
        (Stretch(unit or "day", None), i + 2)
        if s.norm(i + 1).endswith("s") and s.norm(i + 1) in ENGLISH_UNITS
        else None
    )


def _units(s: Stream, i: int, count: int | None) -> Found:
    if s.norm(i) == "-":
        i += 1
    if s.norm(i) not in ENGLISH_UNITS:
        return None
    unit, _ = ENGLISH_UNITS[s.norm(i)]
    if unit is None:
        return Stretch("day", -(-(count or 24) // 24)), i + 1
    return Stretch(unit, count), i + 1


def _ago(s: Stream, i: int) -> Found:
    """three days ago, a week ago; "days ago" stays words, hours ago are today or yesterday."""
    number = s.numbers.get(i)
    j = number.last if number else i + 1 if s.norm(i) in ("a", "an") else i
    if s.norm(j) not in ENGLISH_UNITS or s.norm(j + 1) not in ("ago", "earlier"):
        return None
    unit, single = ENGLISH_UNITS[s.norm(j)]
    count = number.low if number else single
    if s.norm(j + 1) == "earlier" or count is None:
        return (Interval(), j + 2) if s.norm(j + 1) == "ago" else None
    return (Stretch("day", -(-count // 24)) if unit is None else Point(unit=unit, shift=-count)), j + 2


# ---------------------------------------------------------------- points


def point(s: Stream, i: int) -> FoundPoint:
    """A day, week, month, season or year."""
    j = i + 1 if s.norm(i) == "the" else i
    return (
        numeric_date(s, i, "en")
        or _named_day(s, i)
        or _weekday(s, i)
        or date(s, j)
        or _section(s, j)
        or _season(s, j)
        or _relative_unit(s, i)
        or _month(s, i)
        or _year_alone(s, i)
    )


def _named_day(s: Stream, i: int) -> FoundPoint:
    """today, this morning, tonight, yesterday, last night, overnight, the day before yesterday."""
    norm, after = s.norm(i), s.norm(i + 1)
    if [s.norm(k) for k in range(i, i + 4)] == ["the", "day", "before", "yesterday"]:
        return Point(unit="day", shift=-2), i + 4
    if (norm == "this" and after in _PARTS_OF_DAY) or (norm == "last" and after in ("night", "evening")):
        return Point(unit="day", shift=0 if norm == "this" else -1), i + 2
    shift = _DAYS_BY_NAME.get(norm)
    if shift is None:
        return None
    return Point(unit="day", shift=shift, night=norm == "overnight"), i + (2 if after in _PARTS_OF_DAY else 1)


def _weekday(s: Stream, i: int) -> FoundPoint:
    """Sunday, last Sunday, this past Sunday, early Sunday morning, Friday, 3 May 2019."""
    j, last = i, False
    while s.norm(j) in ("last", "past", "this", "early", "late", "next", "previous"):
        last = last or s.norm(j) in _LAST
        j += 1
    weekday = s.value(j, ENGLISH_WEEKDAYS)
    if weekday is None or not s.upper(j):
        return None
    if any(s.norm(k) == "next" for k in range(i, j)):
        return Point(), j + 1
    after = j + 1
    last = last or s.norm(after) == "last"
    if s.norm(after) in _PARTS_OF_DAY or s.norm(after) == "last":
        after += 1
    if s.norm(after - 1) == "night" and s.norm(after) in ("-", "to"):
        return Point(weekday=weekday, last=last), after
    return _date_beside(s, Point(weekday=weekday, last=last), after)


def _date_beside(s: Stream, day: Point, i: int) -> tuple[Point, int]:
    j = i
    while j < i + 2 and s.norm(j) in (",", "(", "the", "on"):
        j += 1
    found = date(s, j) or numeric_date(s, j, "en")
    if found is None:
        return day, i
    closed = s.norm(found[1]) == ")" and "(" in {s.norm(k) for k in range(i, j)}
    return replace(found[0], weekday=day.weekday), found[1] + (1 if closed else 0)


def date(s: Stream, i: int) -> FoundPoint:
    """24 March 2019, the 3rd of May, March 24th, 2019, Dec 1-2."""
    month = _month_name(s, i)
    if month:
        return _month_first(s, *month)
    day, j = _day_number(s, i)
    if day is None:
        return None
    until = None
    if s.norm(j) in ("-", "and", "to") and s.digits(j + 1, day + 1, 31):
        until, j = _day_number(s, j + 1)
    month = _month_name(s, j + 1 if s.norm(j) == "of" else j)
    if month is None:
        return None
    return _with_year(s, Point(month=month[0], day=day, until=until), month[1])


def _month_first(s: Stream, month: int, i: int) -> FoundPoint:
    day, j = _day_number(s, i + 1 if s.norm(i) == "the" else i)
    if day is None:
        return None
    until = None
    if s.norm(j) in ("-", "and", "to") and s.digits(j + 1, day + 1, 31):
        until, j = _day_number(s, j + 1)
    return _with_year(s, Point(month=month, day=day, until=until), j)


def _day_number(s: Stream, i: int) -> tuple[int | None, int]:
    ordinal = s.ordinals.get(i)
    if ordinal and 1 <= ordinal.low <= 31:
        return ordinal.low, ordinal.last
    digits = s.digits(i, 1, 31)
    return (digits, i + 1) if digits and len(s.norm(i)) <= 2 else (None, i)


def _month_name(s: Stream, i: int) -> tuple[int, int] | None:
    """A month with a capital; a short form with or without its dot."""
    month = s.value(i, ENGLISH_MONTHS)
    if month is None or not s.upper(i):
        return None
    dotted = len(s.norm(i)) <= 4 and s.norm(i) not in ("may", "june", "july") and s.norm(i + 1) == "."
    return month, i + 2 if dotted else i + 1


def _with_year(s: Stream, month: Point, i: int) -> tuple[Point, int]:
    """The year after a month: 2019, of 2019, of last year, this year; or none."""
    j = i + 1 if s.norm(i) in (",", "of", "in") else i
    if s.norm(j) in ("last", "this") and s.norm(j + 1) == "year":
        return replace(month, year_shift=-1 if s.norm(j) == "last" else 0), j + 2
    year = s.year(j)
    return (replace(month, year=year), j + 1) if year else (month, i)


def _section(s: Stream, i: int) -> FoundPoint:
    """early 2014, mid-May, the beginning of the year, the end of last month."""
    section = ENGLISH_SECTIONS.get(s.norm(i))
    if section is None:
        return None
    j = i + 2 if s.norm(i + 1) in ("of", "-", "in") else i + 1
    found = _relative_unit(s, j) or _month(s, j) or _year_alone(s, j, shown=True)
    if found is None and s.norm(j) == "the" and s.norm(j + 1) in ("month", "year"):
        found = Point(unit=_UNIT_NAMES[s.norm(j + 1)], shift=0), j + 2
    return (replace(found[0], section=section), found[1]) if found else None


def _season(s: Stream, i: int) -> FoundPoint:
    """summer 2006, the summer of 2006, last summer."""
    last = s.norm(i) == "last"
    season = ENGLISH_SEASONS.get(s.norm(i + 1 if last else i))
    if season is None:
        return None
    if last:
        return Point(season=season, last=True), i + 2
    bare = Point(season=season)
    found, after = _with_year(s, bare, i + 1)
    return None if found == bare else (found, after)


def _relative_unit(s: Stream, i: int) -> FoundPoint:
    """last week, this month, earlier this year."""
    if s.norm(i) not in ("last", "this", "the") or s.norm(i + 1) not in ("week", "month", "year", "current"):
        return None
    unit = _UNIT_NAMES.get(s.norm(i + 1))
    if unit is None:
        unit = _UNIT_NAMES.get(s.norm(i + 2))
        return (Point(unit=unit, shift=0), i + 3) if unit else None
    if s.norm(i) == "the":
        return None
    return Point(unit=unit, shift=-1 if s.norm(i) == "last" else 0), i + 2


def _month(s: Stream, i: int) -> FoundPoint:
    """A month without a day, where something shows that it is one: in May, last May, May 2020."""
    named = s.norm(i) in ("last", "this")
    found = _month_name(s, i + 1 if named else i)
    if found is None:
        return None
    month = Point(month=found[0], last=s.norm(i) == "last", year_shift=0 if s.norm(i) == "this" else None)
    whole, after = _with_year(s, month, found[1])
    shown = named or whole != month or s.norm(i - 1) in _BEFORE_A_MONTH or s.norm(i - 1) == "-"
    return (whole, after) if shown else None


def _year_alone(s: Stream, i: int, *, shown: bool = False) -> FoundPoint:
    year = s.year(i)
    if year is None or not (shown or s.norm(i - 1) in _BEFORE_A_YEAR):
        return None
    return Point(year), i + 1
