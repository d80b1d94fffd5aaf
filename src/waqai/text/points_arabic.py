"""Points in time in Arabic: days, weeks, months, seasons and years, each function from a token on."""

from __future__ import annotations

from dataclasses import replace

from waqai.text.calendar_words import (
    ARABIC_DOUBLE_MONTHS,
    ARABIC_LAST,
    ARABIC_MONTHS,
    ARABIC_NEXT,
    ARABIC_PARTS_OF_DAY,
    ARABIC_SEASONS,
    ARABIC_SECTIONS,
    ARABIC_THIS,
    ARABIC_WEEKDAYS,
    words,
)
from waqai.text.moments import Point, Unit
from waqai.text.stream import Stream, numeric_date

FoundPoint = tuple[Point, int] | None

DURING = words("خلال طوال طيلة مدى مدار")
SINCE = words("منذ مذ")
UNTIL = words("حتى إلى لغاية وحتى ولغاية")
SAME = words("ذاتها ذاته نفسها نفسه عينها عينه المذكورة")
TODAY = words("اليوم")
YESTERDAY = words("أمس الأمس البارحة")
YEAR = words("عام العام سنة السنة")
_UNIT_NAMES: dict[str, Unit] = {"الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year"}
_BEFORE_A_MONTH = DURING | SINCE | UNTIL | words("في من بين شهر أشهر مطلع بداية أوائل منتصف أواسط أواخر نهاية و")
_BEFORE_A_YEAR = DURING | SINCE | UNTIL | words("في بين مطلع بداية أوائل منتصف أواسط أواخر نهاية")
_HEADS_OF_NAMES = words("شارع حي جسر مخيم فوج ساحة ميدان قوى فريق تحالف حركة جبهة سوق خان ثورة مدرسة مشفى")


def point(s: Stream, i: int) -> FoundPoint:
    """A day, week, month, season or year, with the part of the day before it."""
    found = named_day(s, i) or named_day(s, _skip_part_of_day(s, i))
    if found:
        return _date_beside(s, *found)
    return (
        numeric_date(s, i, "ar")
        or date(s, i)
        or _section(s, i)
        or _season(s, i)
        or _relative_unit(s, i)
        or _month(s, i)
        or _year_alone(s, i)
    )


def _skip_part_of_day(s: Stream, i: int) -> int:
    j = i
    while j < i + 3 and s.norm(j).removeprefix("و").removeprefix("ب") in ARABIC_PARTS_OF_DAY:
        j += 1
    return j


def named_day(s: Stream, i: int) -> FoundPoint:
    """اليوم, أمس, أول أمس, الليلة الماضية, الأحد, الأحد الماضي, ليل الجمعة السبت."""
    if s.among(i, words("الليلة")) and s.norm(i + 1) in ARABIC_LAST:
        return Point(unit="day", shift=-1), i + 2
    if s.norm(i) == "الليل" and s.among(i - 1, DURING):
        return Point(unit="day", shift=0, night=True), i + 1
    before_yesterday = _before_yesterday(s, i)
    if before_yesterday:
        return Point(unit="day", shift=-2), before_yesterday
    if s.among(i, YESTERDAY):
        weekday = s.value(i + 1, ARABIC_WEEKDAYS)
        return Point(unit="day", shift=-1, weekday=weekday), i + (1 if weekday is None else 2)
    if s.among(i, TODAY):
        return _today(s, i)
    return _weekday(s, i)


def _before_yesterday(s: Stream, i: int) -> int | None:
    if s.among(i, YESTERDAY) and s.norm(i + 1) == "الاول":
        return i + 2
    if not s.among(i, words("أول قبل")):
        return None
    j = i + 2 if s.norm(i + 1) == "من" else i + 1
    return j + 1 if s.norm(j) in YESTERDAY else None


def _today(s: Stream, i: int) -> FoundPoint:
    follower = s.norm(i + 1)
    if follower in ARABIC_NEXT | SAME or (i + 1 in s.ordinals and not s.among(i + 1, ARABIC_WEEKDAYS.keys())):
        return None
    weekday = s.value(i + 1, ARABIC_WEEKDAYS)
    return Point(unit="day", shift=0, weekday=weekday), i + (1 if weekday is None else 2)


def _weekday(s: Stream, i: int) -> FoundPoint:
    weekday = s.value(i, ARABIC_WEEKDAYS)
    if weekday is None or s.among(i - 1, _HEADS_OF_NAMES):
        return None
    j = i + 2 if s.norm(i + 1) in ("-", "/") else i + 1
    if s.value(j, ARABIC_WEEKDAYS) == (weekday + 1) % 7 and not s.norm(j).startswith("و"):
        return Point(weekday=(weekday + 1) % 7, night=True), j + 1
    if s.norm(i + 1) in ARABIC_NEXT:
        return Point(), i + 2
    last = s.norm(i + 1) in ARABIC_LAST
    return Point(weekday=weekday, last=last), i + (2 if last else 1)


def _date_beside(s: Stream, day: Point, i: int) -> tuple[Point, int]:
    """اليوم السبت 21 كانون الثاني: the date that stands beside a named day is the same day, said better."""
    j = i
    while j < i + 3 and s.norm(j) in (",", "،", "(", "الموافق", "-"):
        j += 1
    found = date(s, j) or numeric_date(s, j, "ar")
    if found is None:
        return day, i
    after = found[1] + 1 if s.norm(found[1]) == ")" and "(" in {s.norm(k) for k in range(i, j)} else found[1]
    return replace(found[0], weekday=day.weekday, shift=day.shift, unit=day.unit), after


def date(s: Stream, i: int) -> FoundPoint:
    """24 مارس /آذار 2019, الثالث من أيار, الـ24 من شهر أيار الماضي, 3 من الشهر الجاري, 1-2 أيار."""
    day, j = day_number(s, i)
    if day is None or s.among(i - 1, _HEADS_OF_NAMES):
        return None
    until = None
    if s.norm(j) in ("-", "و") and s.digits(j + 1, day + 1, 31):
        until, j = s.digits(j + 1, day + 1, 31), j + 2
    of = j + 1 if s.norm(j) == "من" else j
    if s.norm(of) == "الشهر" and of > j:
        return _day_of_this_month(s, day, of)
    found = month_name(s, of + 1 if s.among(of, words("شهر")) else of)
    if found is None:
        return None
    whole, after = _with_year(s, Point(month=found[0], day=day, until=until), found[1])
    return whole, after


def _day_of_this_month(s: Stream, day: int, i: int) -> FoundPoint:
    found = _relative_unit(s, i)
    return (replace(found[0], day=day), found[1]) if found else None


def day_number(s: Stream, i: int) -> tuple[int | None, int]:
    j = i + 1 if s.norm(i) in ("ال", "وال") else i
    digits = s.digits(j, 1, 31)
    if digits and len(s.norm(j)) <= 2:
        return digits, j + 1
    ordinal = s.ordinals.get(i)
    return (ordinal.low, ordinal.last) if ordinal and 1 <= ordinal.low <= 31 else (None, i)


def month_name(s: Stream, i: int) -> tuple[int, int] | None:
    """A month, and after it the same month in another tradition: مارس/آذار, آذار (مارس)."""
    found = _one_month(s, i)
    if found is None:
        return None
    month, j = found
    if s.norm(j) in ("/", "-", "(", "\\", "|"):
        again = _one_month(s, j + 1)
        if again and again[0] == month:
            return month, again[1] + (1 if s.norm(j) == "(" and s.norm(again[1]) == ")" else 0)
    return found


def _one_month(s: Stream, i: int) -> tuple[int, int] | None:
    for head in s.tokens[i].forms if i < len(s.tokens) else ():
        double = ARABIC_DOUBLE_MONTHS.get((head, s.norm(i + 1)))
        if double:
            return double, i + 2
    single = s.value(i, ARABIC_MONTHS)
    return (single, i + 1) if single and "إب" not in s.written(i) else None  # إب is a town in Yemen


def _with_year(s: Stream, month: Point, i: int) -> tuple[Point, int]:
    """The year after a month: 2019, من عام 2019, من العام الماضي, الماضي, الجاري; or none."""
    if s.norm(i) in ARABIC_LAST:
        return replace(month, last=True), i + 1
    if s.norm(i) in ARABIC_THIS:
        return replace(month, year_shift=0), i + 1
    if s.norm(i) in ARABIC_NEXT:
        return Point(), i + 1
    j = i + 1 if s.norm(i) in (",", "،", "من", "/", "-", "للعام") else i
    if s.norm(j) in YEAR or s.norm(j) == "للعام":
        if s.norm(j + 1) in ARABIC_LAST | ARABIC_THIS:
            return replace(month, year_shift=-1 if s.norm(j + 1) in ARABIC_LAST else 0), j + 2
        j += 1
    year = s.year(j)
    return (replace(month, year=year), j + 1) if year else (month, i)


def _section(s: Stream, i: int) -> FoundPoint:
    """مطلع العام 2023, بداية الشهر الجاري, أواخر أيار."""
    section = s.value(i, ARABIC_SECTIONS)
    if section is None:
        return None
    found = _relative_unit(s, i + 1) or _month(s, i + 1) or _year_alone(s, i + 1)
    return (replace(found[0], section=section), found[1]) if found else None


def _season(s: Stream, i: int) -> FoundPoint:
    season = s.value(i, ARABIC_SEASONS)
    if season is None:
        return None
    bare = Point(season=season)
    found, after = _with_year(s, bare, i + 1)
    return None if found == bare else (found, after)


def _relative_unit(s: Stream, i: int) -> FoundPoint:
    """الأسبوع الماضي, الشهر الجاري, هذا العام, العام قبل الماضي; also الشهر الجاري كانون الثاني."""
    head = i + 1 if s.norm(i) in ("هذا", "هذه", "وهذا") else i
    unit = s.value(head, _UNIT_NAMES)
    if unit is None:
        return None
    shift, after = _shift(s, head + 1, here=head > i)
    if shift is None:
        return None
    month = month_name(s, after) if unit == "month" else None
    if month:
        return Point(month=month[0], year_shift=0 if shift == 0 else None, last=shift < 0), month[1]
    if unit == "year" and s.year(after):
        return Point(year=s.year(after)), after + 1
    return Point(unit=unit, shift=shift), after


def _shift(s: Stream, i: int, *, here: bool) -> tuple[int | None, int]:
    if s.norm(i) in ARABIC_LAST:
        return -1, i + 1
    if s.norm(i) in ARABIC_THIS:
        return 0, i + 1
    if s.norm(i) == "قبل" and s.norm(i + 1) in ARABIC_LAST:
        return -2, i + 2
    return (0, i) if here else (None, i)


def _month(s: Stream, i: int) -> FoundPoint:
    """A month without a day, where something shows that it is one: مارس is also "he practised", آب "a father"."""
    named = s.norm(i) in ("شهر", "لشهر", "وشهر", "بشهر")
    found = month_name(s, i + 1 if named else i)
    if found is None:
        return None
    month = Point(month=found[0])
    whole, after = _with_year(s, month, found[1])
    shown = named or whole != month or found[1] > i + 2 or s.among(i - 1, _BEFORE_A_MONTH) or _joined(s, i)
    return (whole, after) if shown else None


def _joined(s: Stream, i: int) -> bool:
    """Is the word at i joined by و to a month or a year: بين آذار وأيار?"""
    before = s.value(i - 1, ARABIC_MONTHS) or s.year(i - 1) or (s.norm(i - 2), s.norm(i - 1)) in ARABIC_DOUBLE_MONTHS
    return s.norm(i).startswith("و") and bool(before)


def _year_alone(s: Stream, i: int) -> FoundPoint:
    """عام 2015, العام 2023; a bare 2015 only after في, منذ and the like."""
    if s.among(i, YEAR):
        year = s.year(i + 1)
        return (Point(year), i + 2) if year else None
    year = s.year(i)
    if year is None or year == 2000 or not s.among(i - 1, _BEFORE_A_YEAR):
        return None
    return Point(year), i + 1
