"""What a time expression says, before and after the day of writing is known.

A `Point` holds what the words give and nothing else; `resolved` lays it on the calendar. Nothing is ever laid against
today's date. Weeks have no agreed first day, so "last week" is the hull of all its readings.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from waqai.model import Day

Unit = Literal["day", "week", "month", "year"]
Section = Literal["start", "middle", "end"]
Season = Literal["spring", "summer", "autumn", "winter"]

_SEASON_MONTHS: dict[Season, tuple[int, int]] = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
"""Winter lies in two years, so that it stays a year."""
_CLOCK_SLACK = dt.timedelta(days=1)
"""A date can lie one day after the day of publication: the publisher's clock may be in another zone."""

Extent = tuple[Day | None, Day | None]
_UNKNOWN: Extent = (None, None)


@dataclass(frozen=True, slots=True)
class Point:
    """A day, week, month, season or year as said. What is None was not said.

    `shift` counts `unit`s from the day of writing ("yesterday": -1 day); `year_shift` years ("May of last year": -1).
    `weekday` is 0 for Monday. `last` says that the day or month of writing itself is not meant ("last May").
    `until` is the last day of a run ("1-2 December"), `night` a night that began the day before. `section`:
    "early 2023".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    unit: Unit | None = None
    year_shift: int | None = None
    season: Season | None = None
    section: Section | None = None
    until: int | None = None
    last: bool = False
    night: bool = False

    def is_day(self) -> bool:
        """Does it say a day, rather than a month or a year?"""
        return self.day is not None or self.weekday is not None or (self.unit == "day" and self.shift is not None)

    def is_full_date(self) -> bool:
        """Does it name one day of one year by itself?"""
        return None not in (self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Interval:
    """From one point to another; `now` is the end that "until today" gives. A side that is None is not said."""

    start: Point | None = None
    end: Point | None = None
    now: bool = False


def run(point: Point) -> Interval:
    """A run of days of one month ("from 3 to 7 May") as an interval."""
    return Interval(replace(point, until=None), replace(point, day=point.until, until=None))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time up to the day of writing: "the past 24 hours", "in recent months" (`count` None: not said how long)."""

    unit: Unit
    count: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """Days counted from one told before: "the same day" (0), "a day earlier" (-1)."""

    told: Point
    days: int


When = Point | Interval | Stretch | Beside


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time laid on the calendar; `open_end`: it runs to the day of writing, which is not known."""

    start: Day | None = None
    end: Day | None = None
    open_end: bool = False


def resolved(when: When, published: Day | None) -> Resolved:
    """Lay a time on the calendar. A vague day of publication gives what all its days agree on."""
    if published is None:
        return _on(when, None)
    one, other = _on(when, published.first()), _on(when, published.last())
    return Resolved(common(one.start, other.start), common(one.end, other.end), one.open_end)


def common(one: Day | None, other: Day | None) -> Day | None:
    """The most precise day that holds both: a day, a month, a year, or nothing."""
    if one is None or other is None or one.year != other.year:
        return None
    if one.month is None or one.month != other.month:
        return Day(one.year)
    return one if one.day == other.day else Day(one.year, one.month)


def _on(when: When, today: dt.date | None) -> Resolved:
    if isinstance(when, Point):
        return Resolved(*_extent(when, today))
    if isinstance(when, Stretch):
        return _stretch(when, today)
    if isinstance(when, Beside):
        start, end = _extent(when.told, today)
        return Resolved(_moved(start, when.days), _moved(end, when.days))
    return _interval(when, today)


def _moved(day: Day | None, days: int) -> Day | None:
    return _back(day.first(), days) if day and day.day else None


def _stretch(stretch: Stretch, today: dt.date | None) -> Resolved:
    if today is None:
        return Resolved(open_end=True)
    if stretch.count is None:
        return Resolved(None, _day(today))
    if stretch.unit in ("day", "week"):
        days = stretch.count * (7 if stretch.unit == "week" else 1)
        return Resolved(_back(today, -days), _day(today))
    return Resolved(_month_shift(today, -stretch.count * (12 if stretch.unit == "year" else 1)), _day(today))


def _interval(interval: Interval, today: dt.date | None) -> Resolved:
    start, end = _extents(interval, today)
    if interval.now:
        return Resolved(start, _day(today) if today else None, today is None)
    return Resolved(start, end)


def _extents(interval: Interval, today: dt.date | None) -> Extent:
    """Both sides; one that lacks its year takes it from the other."""
    start, end = interval.start, interval.end
    if start and end and start.year and end.month and end.year is None and end.year_shift is None:
        later = start.year + (1 if (start.month or 1) > end.month else 0)
        return _first_day(start, today), _last_day(Point(later, end.month, end.day), today)
    last = _last_day(end, today) if end else None
    if start is None:
        return None, last
    return _first_day(start, last.last() if last and _hangs(start) else today), last


def _hangs(point: Point) -> bool:
    """Does the point lack its month or year, so that it hangs on the other side of the interval?"""
    return point.year is None and point.year_shift is None and point.shift is None


def _first_day(point: Point, today: dt.date | None) -> Day | None:
    day, _ = _extent(point, today)
    return _day(day.first()) if day and point.section == "start" else day


def _last_day(point: Point, today: dt.date | None) -> Day | None:
    _, day = _extent(point, today)
    return _day(day.last()) if day and point.section == "end" else day


def _extent(point: Point, today: dt.date | None) -> Extent:
    if point.season:
        return _season(point, today)
    if point.month:
        return _dated(point, today)
    if point.year:
        return _both(Day(point.year))
    return _relative(point, today) if today else _UNKNOWN


def _relative(point: Point, today: dt.date) -> Extent:
    if point.weekday is not None and point.shift in (None, 0, -1, -2):
        return _weekday(point, today)
    if point.shift is not None:
        return _shifted(point, today)
    if point.year_shift is not None:
        return _both(Day(today.year + point.year_shift))
    return _both(_checked(today.year, today.month, point.day)) if point.day and point.day <= today.day else _UNKNOWN


def _season(point: Point, today: dt.date | None) -> Extent:
    year = _year(point, today)
    if year is None and point.last and today:
        year = today.year if point.season == "spring" and today.month > 5 else None
    if year is None or point.season is None:
        return _UNKNOWN
    if point.season not in _SEASON_MONTHS:
        return _both(Day(year))
    first, last = _SEASON_MONTHS[point.season]
    return Day(year, first), Day(year, last)


def _year(point: Point, today: dt.date | None) -> int | None:
    if point.year is not None:
        return point.year
    if point.year_shift is not None and today:
        return today.year + point.year_shift
    return None


def _dated(point: Point, today: dt.date | None) -> Extent:
    """A month, or a day of a month; without a year it is the most recent one not after the day of writing."""
    year = _year(point, today)
    if year is None:
        if today is None:
            return _UNKNOWN
        year = _recent_year(point, today)
    start = _checked(year, point.month, point.day)
    if point.until:
        return start, _checked(year, point.month, point.until)
    return _both(start)


def _recent_year(point: Point, today: dt.date) -> int:
    if point.last and point.day is None and point.month == today.month:
        return today.year - 1
    at = (point.month or 1, point.day or 1)
    limit = today + _CLOCK_SLACK if point.day else today
    if limit.year > today.year and at == (1, 1):
        return limit.year
    return today.year if at <= (limit.month, limit.day) or limit.year > today.year else today.year - 1


def _weekday(point: Point, today: dt.date) -> Extent:
    """The most recent such day not after the day of writing; with "last" before it."""
    back = (today.weekday() - (point.weekday or 0)) % 7
    if point.night:
        return _back(today, -back - 1), _back(today, -back)
    return _both(_back(today, -(7 if point.last and back == 0 else back)))


def _shifted(point: Point, today: dt.date) -> Extent:
    shift = point.shift or 0
    if point.unit == "day":
        return _back(today, shift - (1 if point.night else 0)), _back(today, shift)
    if point.unit == "week":
        return _back(today, 7 * shift - 6), _back(today, min(7 * shift + 6, 0))
    if point.unit == "year":
        return _both(Day(today.year + shift) if 1 <= today.year + shift <= 9999 else None)
    month = _month_shift(today, shift)
    return _both(_checked(month.year, month.month, point.day) if month and point.day else month)


def _back(today: dt.date, days: int) -> Day | None:
    try:
        return _day(today + dt.timedelta(days=days))
    except OverflowError:
        return None


def _month_shift(today: dt.date, months: int) -> Day | None:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return Day(year, month + 1) if 1 <= year <= 9999 else None


def _checked(year: int, month: int | None, day: int | None) -> Day:
    """The day, or its month where the calendar has no such day (31 June)."""
    if month and day and day > calendar.monthrange(year, month)[1]:
        return Day(year, month)
    return Day(year, month, day)


def _day(date: dt.date) -> Day:
    return Day(date.year, date.month, date.day)


def _both(day: Day | None) -> Extent:
    return day, day
