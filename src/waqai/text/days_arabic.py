"""The grammar of days in Arabic: each function reads from a token on and gives what it says and the token after it."""

from __future__ import annotations

from waqai.text.calendar_words import (
    ARABIC_LAST,
    ARABIC_MONTHS,
    ARABIC_NEXT,
    ARABIC_PARTS_OF_DAY,
    ARABIC_PAST,
    ARABIC_SEASONS,
    ARABIC_SECTIONS,
    ARABIC_UNITS,
    ARABIC_WEEKDAYS,
    words,
)
from waqai.text.moments import Interval, Point, Stretch, Unit, When, run
from waqai.text.points_arabic import (
    SAME,
    SINCE,
    TODAY,
    UNTIL,
    YEAR,
    YESTERDAY,
    FoundPoint,
    day_number,
    month_name,
    named_day,
    point,
)
from waqai.text.stream import Stream

Found = tuple[When, int] | None

_FROM_ON = words("اعتبارا بدءا ابتداء انطلاقا")
_NOW = words("اليوم الآن اللحظة تاريخه يومنا الساعة")
_SO_FAR = words("الآن اللحظة الساعة هذه")
"""حتى الآن by itself says that something has not ended, not since when people were harmed."""
_PERIOD = words("الفترة المدة")
_SAME_HEADS = words("نفس ذات")
_SAME_NOUNS = words("الفترة المدة الشهر العام السنة الأسبوع التاريخ")
_DAY = words("اليوم الليلة")
_BESIDE = {
    **dict.fromkeys(SAME, 0),
    **dict.fromkeys(words("التالي التالية"), 1),
    **dict.fromkeys(words("السابق السابقة"), -1),
}
_COUNTED = {"يوم": 1, "يومين": 2, "بيوم": 1, "بيومين": 2}
_BEFORE_AFTER = {"قبل": -1, "وقبل": -1, "بعد": 1, "وبعد": 1}
_IT = words("ذلك ذاك")
_THAT = words("تلك ذلك")
_TWO_YEARS = words("عامي العامين سنتي الأعوام أعوام")


def beside(s: Stream, i: int) -> tuple[int, int] | None:
    """اليوم ذاته, نفس اليوم, اليوم التالي, قبل ذلك بيوم: how many days on, and the token after."""
    if s.among(i, _DAY) and s.norm(i + 1) in _BESIDE:
        return _BESIDE[s.norm(i + 1)], i + 2
    if s.among(i, _SAME_HEADS) and s.norm(i + 1) in _DAY:
        return 0, i + 2
    if s.norm(i) in _BEFORE_AFTER and s.norm(i + 1) in _IT and s.norm(i + 2) in _COUNTED:
        return _BEFORE_AFTER[s.norm(i)] * _COUNTED[s.norm(i + 2)], i + 3
    return None


def same_period(s: Stream, i: int) -> int | None:
    """الفترة ذاتها, نفس اليوم, تلك الفترة: the token after words that point back to a time already given."""
    if s.among(i, _SAME_NOUNS) and s.norm(i + 1) in SAME:
        return i + 2
    if (s.among(i, _SAME_HEADS) and s.norm(i + 1) in _SAME_NOUNS) or (s.among(i, _THAT) and s.norm(i + 1) in _PERIOD):
        return i + 2
    return None


BEGINNINGS = frozenset().union(
    *(SINCE, _FROM_ON, UNTIL, _PERIOD, _SAME_HEADS, _SAME_NOUNS, _DAY, _THAT, TODAY, YESTERDAY, YEAR, _TWO_YEARS),
    *(ARABIC_MONTHS, ARABIC_WEEKDAYS, ARABIC_PARTS_OF_DAY, ARABIC_SECTIONS, ARABIC_SEASONS, ARABIC_UNITS),
    words("من بين ما مذاك قبل بعد أول الليل الليلة الشهر الأسبوع هذا هذه شهر كانون تشرين ال لغاية منذ حتى"),
    {"ال" + form for form in ARABIC_UNITS},
)


def can_begin(s: Stream, i: int) -> bool:
    """Can a time expression begin at i? A quick look before the grammar, for the many words that begin none."""
    return i in s.numbers or i in s.ordinals or s.tokens[i].kind == "digits" or s.among(i, BEGINNINGS)


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
    day, j = day_number(s, i)
    return (Point(day=day), j) if day else None


def _up_to(s: Stream, start: Point, i: int) -> Found:
    """حتى اليوم, إلى 7 أيار: the far end of an interval that has begun."""
    if not s.among(i, UNTIL):
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
    if s.norm(j) == "اليوم" and s.among(j + 1, ARABIC_WEEKDAYS.keys()):
        return None
    return j + 2 if s.norm(j + 1) == "هذا" else j + 1


def _since(s: Stream, i: int) -> Found:
    """منذ مطلع العام, منذ ثلاثة أيام, منذ ذلك الحين, اعتبارا من."""
    if s.among(i, {"مذاك"}):
        return Interval(now=True), i + 1
    if s.among(i, _FROM_ON) and s.norm(i + 1) == "من":
        i += 1
    elif not s.among(i, SINCE):
        return None
    if s.norm(i + 1) in ("ذلك", "ذاك"):
        return Interval(now=True), i + (3 if s.norm(i + 2) in words("الحين الوقت التاريخ اليوم") else 2)
    counted = _counted_units(s, i + 1)
    named = counted and (s.year(counted[1]) or named_day(s, counted[1]) or month_name(s, counted[1]))
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
    return next(
        (j for j in range(i + 1, i + 5) if s.among(j, TODAY | YESTERDAY) or s.among(j, ARABIC_WEEKDAYS.keys())), i
    )


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
