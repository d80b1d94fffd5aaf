"""The grammar of days in Arabic: each function reads from a token on and gives what it says and the token after it."""

from __future__ import annotations

from dataclasses import replace

from waqai.text.calendar_words import (
    ARABIC_DOUBLE_MONTHS,
    ARABIC_LAST,
    ARABIC_MONTHS,
    ARABIC_NEXT,
    ARABIC_PARTS_OF_DAY,
    ARABIC_PAST,
    ARABIC_SEASONS,
    ARABIC_SECTIONS,
    ARABIC_THIS,
    ARABIC_UNITS,
    ARABIC_WEEKDAYS,
    words,
)
from waqai.text.moments import Interval, Point, Stretch, Unit, When, run
from waqai.text.stream import Stream, numeric_date

Found = tuple[When, int] | None
FoundPoint = tuple[Point, int] | None

DURING = words("خلال طوال طيلة مدى مدار")
_SINCE = words("منذ مذ")
_FROM_ON = words("اعتبارا بدءا ابتداء انطلاقا")
_UNTIL = words("حتى إلى لغاية وحتى ولغاية")
_NOW = words("اليوم الآن اللحظة تاريخه يومنا الساعة")
_SO_FAR = words("الآن اللحظة الساعة هذه")
"""حتى الآن by itself says that something has not ended, not since when people were harmed."""
_PERIOD = words("الفترة المدة")
_SAME = words("ذاتها ذاته نفسها نفسه عينها عينه المذكورة")
_SAME_HEADS = words("نفس ذات")
_SAME_NOUNS = words("الفترة المدة اليوم الشهر العام السنة الأسبوع الليلة التاريخ")
_THAT = words("تلك ذلك")
_TODAY = words("اليوم")
_YESTERDAY = words("أمس الأمس البارحة")
_YEAR = words("عام العام سنة السنة")
_UNIT_NAMES: dict[str, Unit] = {"الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year"}
_BEFORE_A_MONTH = DURING | _SINCE | _UNTIL | words("في من بين شهر أشهر مطلع بداية أوائل منتصف أواسط أواخر نهاية و")
_BEFORE_A_YEAR = DURING | _SINCE | _UNTIL | words("في بين مطلع بداية أوائل منتصف أواسط أواخر نهاية")
_HEADS_OF_NAMES = words("شارع حي جسر مخيم فوج ساحة ميدان قوى فريق تحالف حركة جبهة سوق خان ثورة مدرسة مشفى")
_TWO_YEARS = words("عامي العامين سنتي الأعوام أعوام")


def same_period(s: Stream, i: int) -> int | None:
    """الفترة ذاتها, نفس اليوم, تلك الفترة: the token after words that point back to a time already given."""
    if s.among(i, _SAME_NOUNS) and s.norm(i + 1) in _SAME:
        return i + 2
    if (s.among(i, _SAME_HEADS) and s.norm(i + 1) in _SAME_NOUNS) or (s.among(i, _THAT) and s.norm(i + 1) in _PERIOD):
        return i + 2
    return None


_BEGINNINGS = frozenset().union(
    *(_SINCE, _FROM_ON, _UNTIL, _PERIOD, _SAME_HEADS, _SAME_NOUNS, _THAT, _TODAY, _YESTERDAY, _YEAR, _TWO_YEARS),
    *(ARABIC_MONTHS, ARABIC_WEEKDAYS, ARABIC_PARTS_OF_DAY, ARABIC_SECTIONS, ARABIC_SEASONS, ARABIC_UNITS),
    words("من بين ما مذاك قبل بعد أول الليل الليلة الشهر الأسبوع هذا هذه شهر كانون تشرين ال لغاية منذ حتى"),
    {"ال" + form for form in ARABIC_UNITS},
)


def can_begin(s: Stream, i: int) -> bool:
    """Can a time expression begin at i? A quick look before the grammar, for the many words that begin none."""
    return i in s.numbers or i in s.ordinals or s.tokens[i].kind == "digits" or s.among(i, _BEGINNINGS)


def when(s: Stream, i: int) -> Found:
    """The longest time expression that begins at i."""
    return _span(s, i) or _since(s, i) or _limit(s, i) or stretch(s, i) or point(s, i)


# ---------------------------------------------------------------- intervals


def _span(s: Stream, i: int) -> Found:
    """من … حتى …, بين … و …, also behind الفترة الممتدة."""
    years = _two_years(s, i)
    if years:
        return years
    j = _period_head(s, i)
    if s.among(j, {"بين"}):
        return _between(s, j + 1)
    if s.norm(j) not in ("من", "ومن"):
        return None
    start = point(s, j + 1) or _bare_day(s, j + 1)
    return _up_to(s, start[0], start[1]) if start else None


def _two_years(s: Stream, i: int) -> Found:
    """عامي 2011 و2015."""
    one, two = s.year(i + 1), s.year(i + 3)
    if one and two and s.among(i, _TWO_YEARS) and s.norm(i + 2) in ("و", "-"):
        return Interval(Point(one), Point(two)), i + 4
    return None


def _period_head(s: Stream, i: int) -> int:
    """الفترة, الفترة الممتدة, الفترة الواقعة ما: the token after them."""
    if not s.among(i, _PERIOD):
        return i + 1 if s.norm(i) == "ما" and s.norm(i + 1) == "بين" else i
    j = i + 1
    if s.norm(j).startswith(("ال", "مم")) and s.norm(j + 1) in ("من", "بين", "ما"):
        j += 1
    return j + 1 if s.norm(j) == "ما" else j


def _between(s: Stream, i: int) -> Found:
    start = point(s, i) or _bare_day(s, i)
    if start is None:
        return None
    if start[0].until:
        return run(start[0]), start[1]
    j = start[1]
    if not s.norm(j).startswith("و"):
        return None
    end = point(s, j + 1 if s.norm(j) == "و" else j)
    return (Interval(start[0], end[0]), end[1]) if end else None


def _bare_day(s: Stream, i: int) -> FoundPoint:
    """A day whose month comes later: من 3 إلى 7 أيار."""
    day, j = _day_number(s, i)
    return (Point(day=day), j) if day else None


def _up_to(s: Stream, start: Point, i: int) -> Found:
    """حتى اليوم, إلى 7 أيار: the far end of an interval that has begun."""
    if not s.among(i, _UNTIL):
        return None
    end = _now(s, i + 1)
    if end:
        return Interval(start, None, now=True), end
    found = point(s, i + 1)
    return (Interval(start, found[0]), found[1]) if found else None


def _now(s: Stream, i: int) -> int | None:
    """اليوم, الآن, هذه اللحظة, يومنا هذا, ساعة إعداد: the token after words for the time of writing."""
    j = i + 1 if s.norm(i) in ("هذا", "هذه", "لحظه", "تاريخ") else i
    if s.norm(j) not in _NOW and not (j > i and s.norm(i) in ("لحظه", "تاريخ")):
        return None
    if s.norm(j) == "اليوم" and s.among(j + 1, ARABIC_WEEKDAYS):
        return None
    return j + 2 if s.norm(j + 1) == "هذا" else j + 1


def _since(s: Stream, i: int) -> Found:
    """منذ مطلع العام, منذ ثلاثة أيام, منذ ذلك الحين, اعتبارا من."""
    if s.among(i, {"مذاك"}):
        return Interval(now=True), i + 1
    if s.among(i, _FROM_ON) and s.norm(i + 1) == "من":
        i += 1
    elif not s.among(i, _SINCE):
        return None
    if s.norm(i + 1) in ("ذلك", "ذاك"):
        return Interval(now=True), i + (3 if s.norm(i + 2) in words("الحين الوقت التاريخ اليوم") else 2)
    counted = _counted_units(s, i + 1)
    named = counted and (s.year(counted[1]) or _named_day(s, counted[1]) or _month_name(s, counted[1]))
    if counted and not named and s.norm(counted[1]) not in ARABIC_NEXT:
        return counted
    start = point(s, _skip_hours(s, i + 1))
    if start is None:
        return None
    return _up_to(s, start[0], start[1]) or (Interval(start[0], None, now=True), start[1])


def _skip_hours(s: Stream, i: int) -> int:
    """منذ ساعات فجر اليوم, منذ ساعات الصباح الأولى من يوم الأحد: the day is what counts."""
    if s.norm(i) not in ("ساعات", "ساعه"):
        return i
    return next((j for j in range(i + 1, i + 5) if s.among(j, _TODAY | _YESTERDAY) or s.among(j, ARABIC_WEEKDAYS)), i)


def _limit(s: Stream, i: int) -> Found:
    """حتى اليوم, حتى نهاية أيار, قبل عام 2011, بعد 3 أيار."""
    if s.norm(i) in ("حتي", "وحتي", "لغايه"):
        end = _now(s, i + 1) if s.norm(i + 1) not in _SO_FAR else None
        if end:
            return Interval(now=True), end
        found = point(s, i + 1)
        return (Interval(None, found[0]), found[1]) if found else None
    if s.among(i, {"قبل"}):
        return _ago(s, i) or _before(s, i)
    if s.among(i, {"بعد"}):
        found = point(s, i + 1)
        return (Interval(found[0]), found[1]) if found and not found[0].unit else None
    return None


def _before(s: Stream, i: int) -> Found:
    found = point(s, i + 1)
    return (Interval(None, found[0]), found[1]) if found and not found[0].unit else None


# ---------------------------------------------------------------- stretches


def stretch(s: Stream, i: int) -> Found:
    """الأيام الثلاثة الماضية, الـ24 ساعة الماضية, اليومين الماضيين, الفترة الأخيرة; خلال ثلاثة أيام stays words."""
    if s.among(i, _PERIOD) and s.norm(i + 1) in ARABIC_PAST:
        return Stretch("day", None), i + 2
    counted = _counted_units(s, i + 1 if s.norm(i) in ("ال", "وال") else i, definite=True)
    if counted and s.norm(counted[1]) in ARABIC_PAST:
        return counted[0], counted[1] + 1
    said = s.numbers.get(i) or (counted and ARABIC_UNITS.get(s.norm(counted[1] - 1), (None, 1))[1] == 2)
    return (Interval(), counted[1]) if counted and said and s.norm(i - 1) == "خلال" else None


def _counted_units(s: Stream, i: int, *, definite: bool = False) -> tuple[Stretch, int] | None:
    """ثلاثة أيام, 24 ساعة, يومين, الأيام الثلاثة, أشهر: how long, if it says so."""
    number = s.numbers.get(i)
    j = number.last if number else i
    form = s.norm(j).removeprefix("ال") if definite else s.norm(j)
    if form not in ARABIC_UNITS or (definite and form == "يوم" and not number):
        return None
    unit, count = ARABIC_UNITS[form]
    if count == 1 and not number and s.norm(j).startswith("ال"):
        return (Stretch(unit or "day", 1), j + 1) if s.norm(j + 1) in ARABIC_PAST - ARABIC_LAST else None
    after = s.numbers.get(j + 1)
    if number is None and count is None and after and after.definite:
        return Stretch(unit or "day", _days(unit, after.low)), after.last
    count = number.low if number else count
    if unit is None and count is None:
        count = 24
    return Stretch(unit or "day", _days(unit, count)), j + 1


def _days(unit: Unit | None, count: int | None) -> int | None:
    """Hours become days, begun days counted whole."""
    return -(-count // 24) if unit is None and count else count


def _ago(s: Stream, i: int) -> Found:
    """قبل ثلاثة أيام, قبل شهرين, قبل عام; قبل أيام stays words."""
    counted = _counted_units(s, i + 1)
    if counted is None:
        return None
    length, after = counted
    if s.norm(after) in ("واحد", "واحده"):
        after += 1
    if s.norm(after) in ("من", "الثوره", "الحرب") or s.year(after):
        return None
    hours = ARABIC_UNITS.get(s.norm(counted[1] - 1), ("day", None))[0] is None
    if length.count is None or hours:
        return length if hours else Interval(), after
    return Point(unit=length.unit, shift=-length.count), after


# ---------------------------------------------------------------- points


def point(s: Stream, i: int) -> FoundPoint:
    """A day, week, month, season or year, with the part of the day before it."""
    found = _named_day(s, i) or _named_day(s, _skip_part_of_day(s, i))
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


def _named_day(s: Stream, i: int) -> FoundPoint:
    """اليوم, أمس, أول أمس, الليلة الماضية, الأحد, الأحد الماضي, ليل الجمعة السبت."""
    if s.among(i, words("الليلة")) and s.norm(i + 1) in ARABIC_LAST:
        return Point(unit="day", shift=-1), i + 2
    if s.norm(i) == "الليل" and s.among(i - 1, DURING):
        return Point(unit="day", shift=0, night=True), i + 1
    before_yesterday = _before_yesterday(s, i)
    if before_yesterday:
        return Point(unit="day", shift=-2), before_yesterday
    if s.among(i, _YESTERDAY):
        weekday = s.value(i + 1, ARABIC_WEEKDAYS)
        return Point(unit="day", shift=-1, weekday=weekday), i + (1 if weekday is None else 2)
    if s.among(i, _TODAY):
        return _today(s, i)
    return _weekday(s, i)


def _before_yesterday(s: Stream, i: int) -> int | None:
    if s.among(i, _YESTERDAY) and s.norm(i + 1) == "الاول":
        return i + 2
    if not s.among(i, words("أول قبل")):
        return None
    j = i + 2 if s.norm(i + 1) == "من" else i + 1
    return j + 1 if s.norm(j) in _YESTERDAY else None


def _today(s: Stream, i: int) -> FoundPoint:
    follower = s.norm(i + 1)
    if follower in ARABIC_NEXT | _SAME or (i + 1 in s.ordinals and not s.among(i + 1, ARABIC_WEEKDAYS)):
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
    day, j = _day_number(s, i)
    if day is None or s.among(i - 1, _HEADS_OF_NAMES):
        return None
    until = None
    if s.norm(j) in ("-", "و") and s.digits(j + 1, day + 1, 31):
        until, j = s.digits(j + 1, day + 1, 31), j + 2
    of = j + 1 if s.norm(j) == "من" else j
    if s.norm(of) == "الشهر" and of > j:
        return _day_of_this_month(s, day, of)
    found = _month_name(s, of + 1 if s.among(of, words("شهر")) else of)
    if found is None:
        return None
    whole, after = _with_year(s, Point(month=found[0], day=day, until=until), found[1])
    return whole, after


def _day_of_this_month(s: Stream, day: int, i: int) -> FoundPoint:
    found = _relative_unit(s, i)
    if found is None or found[0].month:
        return None if found is None else (replace(found[0], day=day), found[1])
    return replace(found[0], day=day), found[1]


def _day_number(s: Stream, i: int) -> tuple[int | None, int]:
    j = i + 1 if s.norm(i) in ("ال", "وال") else i
    digits = s.digits(j, 1, 31)
    if digits and len(s.norm(j)) <= 2:
        return digits, j + 1
    ordinal = s.ordinals.get(i)
    return (ordinal.low, ordinal.last) if ordinal and 1 <= ordinal.low <= 31 else (None, i)


def _month_name(s: Stream, i: int) -> tuple[int, int] | None:
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
    if s.norm(j) in _YEAR or s.norm(j) == "للعام":
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
    month = _month_name(s, after) if unit == "month" else None
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
    found = _month_name(s, i + 1 if named else i)
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
    if s.among(i, _YEAR):
        year = s.year(i + 1)
        return (Point(year), i + 2) if year else None
    year = s.year(i)
    if year is None or year == 2000 or not s.among(i - 1, _BEFORE_A_YEAR):
        return None
    return Point(year), i + 1
