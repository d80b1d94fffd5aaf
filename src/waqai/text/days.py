"""Days in a text: expressions of time with their offsets, and the period each gives once the day of writing is known.

Own grammar, because dates in this field keep their precision, come in two Gregorian month traditions side by side
(«24 مارس /آذار 2019») and beside Hijri ones. Rules that the words alone do not settle:

- Relative words are laid against the day of publication only. Unknown publication: no start and no end, the words stay;
  "until today" and "since" then end openly.
- A weekday is the most recent one not after publication; with "last" or الماضي it is not the day of publication itself.
- A day or month without a year is the most recent one not after publication.
- Vague lengths ("recent months", الأيام الماضية) have an end but no start.
- `03/04/2019` is 3 April in Arabic texts; in English ones only the year is sure. `29/10/2017` is clear in both.
- Hijri dates are recognised and stay words: the calendars in use differ by a day or two, so a conversion would pretend.
- "The same day", "a day earlier", اليوم التالي are counted from the day told last, or from the day of writing.
- "The same period" and الفترة ذاتها point back; `is_same_period` tells the caller to look for the time meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from waqai.model import Day, Lang, Period, Span
from waqai.text import days_arabic, days_english, points_arabic
from waqai.text.calendar_words import ARABIC_LAST, ENGLISH_MONTHS, HIJRI_DOUBLE_MONTHS, HIJRI_MONTHS
from waqai.text.moments import Beside, Interval, Point, Stretch, When, resolved
from waqai.text.numbers import Numerals
from waqai.text.published import parse_published
from waqai.text.stream import Stream
from waqai.text.tokens import Token

_GRAMMARS = {"ar": days_arabic, "en": days_english}
_BEGINNING_OF_YEAR = range(1, 5)
_DURING = {"ar": points_arabic.DURING, "en": days_english.DURING}


@dataclass(frozen=True, slots=True)
class DayExpression:
    """Words that say when. `first` and `last` are token indices, half-open; `words` is the text under `span`.

    `when` is what they say, None for a Hijri date and for words that only point back (`is_same_period`).
    `is_period`: a stretch of time over which a total can run ("since", "during", "from … to …", "the past week").
    """

    first: int
    last: int
    span: Span
    words: str
    when: When | None
    is_period: bool = False
    is_same_period: bool = False
    is_hijri: bool = False

    @property
    def is_beside(self) -> bool:
        """Is it counted from a day told before ("a day earlier")?"""
        return isinstance(self.when, Beside)

    @property
    def is_anchor(self) -> bool:
        """Does it name one day of one year by itself, whatever the day of publication?"""
        return isinstance(self.when, Point) and self.when.is_full_date()

    @property
    def is_day_of_writing(self) -> bool:
        """Is it a full date that the words call today («اليوم الثلاثاء 15 شباط 2022»), hence the day of writing?"""
        return self.is_anchor and isinstance(self.when, Point) and (self.when.unit, self.when.shift) == ("day", 0)


def find_days(tokens: Sequence[Token], text: str, lang: Lang, numerals: Numerals | None = None) -> list[DayExpression]:
    """The time expressions of a text in order, none overlapping, linear in the number of tokens.

    `numerals` are those of the tokens, where they were found before.
    """
    known = numerals or Numerals.of(tokens, lang)
    stream = Stream.over(tokens, text, known)
    found: list[DayExpression] = []
    free = 0
    told: Point | None = Point(unit="day", shift=0)
    for i, token in enumerate(tokens):
        if i < free or not (token.kind == "digits" or i in known.numbers or i in known.ordinals or _may_begin(token)):
            continue
        if token.kind not in ("word", "digits"):
            continue
        expression = _counted_from(told, stream, i, lang) or _expression(stream, i, lang)
        if expression:
            found.append(expression)
            free = expression.last
            told = expression.when if isinstance(expression.when, Point) and expression.when.is_day() else told
            told = None if isinstance(expression.when, Point) and not expression.when.is_day() else told
    return found


def _counted_from(told: Point | None, stream: Stream, i: int, lang: Lang) -> DayExpression | None:
    """A day that is counted from the one told before."""
    found = _GRAMMARS[lang].beside(stream, i)
    return _of(stream, i, found[1], Beside(told, found[0]) if told else None, same=told is None) if found else None


_BEGINNINGS = frozenset().union(
    *(days_arabic.BEGINNINGS, days_english.BEGINNINGS, ENGLISH_MONTHS, HIJRI_MONTHS),
    *({head} for head, _ in HIJRI_DOUBLE_MONTHS),
    ("شهر", "لشهر", "بشهر"),
)


def _may_begin(token: Token) -> bool:
    """Can a time expression begin with this word? A quick look before the grammars, for the many that begin none."""
    return not _BEGINNINGS.isdisjoint(token.forms)


def period_of(expression: DayExpression, published: Day | None) -> Period:
    """The period that an expression gives, with its words and span; sides that are not known are None."""
    if expression.when is None:
        return Period(words=expression.words, span=expression.span)
    laid = resolved(expression.when, published)
    return Period(laid.start, laid.end, laid.open_end, expression.words, expression.span)


def written_on(expressions: Sequence[DayExpression], tokens: Sequence[Token]) -> Day | None:
    """The day of writing that a text gives itself, for when its metadata give none.

    A full date that the words call today, one that stands alone on its line (a dateline), or one that closes the line
    of an embedded post (`— Name (@name) November 20, 2022`). None where they disagree.
    """
    days = {
        Day(e.when.year, e.when.month, e.when.day)
        for e in expressions
        if isinstance(e.when, Point) and e.when.year and e.is_anchor and (e.is_day_of_writing or _apart(e, tokens))
    }
    return days.pop() if len(days) == 1 else None


def _apart(expression: DayExpression, tokens: Sequence[Token]) -> bool:
    """Does it end its line, alone on it or after the name of who posted it?"""
    before = tokens[expression.first - 1] if expression.first else None
    opens = before is None or before.kind == "break" or before.norm == ")"
    return opens and (expression.last == len(tokens) or tokens[expression.last].kind == "break")


def years_told(expressions: Sequence[DayExpression]) -> dict[int, int]:
    """The year of each month to which a text gives just one: by full dates, or by telling of that year's beginning."""
    told: dict[int, set[int]] = {}
    for expression in expressions:
        point = expression.when.start if isinstance(expression.when, Interval) else expression.when
        if isinstance(point, Point) and point.year:
            for month in _months_told(point):
                told.setdefault(month, set()).add(point.year)
    return {month: years.pop() for month, years in told.items() if len(years) == 1}


def _months_told(point: Point) -> Sequence[int]:
    if point.section == "start" and not point.month:
        return _BEGINNING_OF_YEAR
    return (point.month,) if point.month and point.day else ()


def in_year(expression: DayExpression, years: Mapping[int, int]) -> DayExpression:
    """The expression with the year told for its month, where it names that without one."""
    when = expression.when
    point = when.told if isinstance(when, Beside) else when
    if not isinstance(point, Point) or (point.year, point.year_shift) != (None, None):
        return expression
    year = years.get(point.month or 0)
    if not year:
        return expression
    dated = replace(point, year=year)
    return replace(expression, when=replace(when, told=dated) if isinstance(when, Beside) else dated)


def _expression(stream: Stream, i: int, lang: Lang) -> DayExpression | None:
    grammar = _GRAMMARS[lang]
    after = _hijri(stream, i)
    if after:
        return _of(stream, i, after, None, hijri=True)
    after = grammar.same_period(stream, i)
    if after:
        return _of(stream, i, after, None, same=True)
    found = grammar.when(stream, i) if grammar.can_begin(stream, i) else None
    found = found or _foreign_date(stream, i, lang)
    if found is None:
        return None
    period = not isinstance(found[0], Point) or stream.among(i - 1, _DURING[lang])
    return _of(stream, i, found[1], found[0], period=period)


def _foreign_date(stream: Stream, i: int, lang: Lang) -> tuple[When, int] | None:
    """A full English date inside an Arabic text, as captions and embedded posts bring it ("November 15, 2021")."""
    if lang != "ar" or not (stream.among(i, ENGLISH_MONTHS.keys()) or stream.among(i + 1, ENGLISH_MONTHS.keys())):
        return None
    found = days_english.date(stream, i)
    return found if found and found[0].is_full_date() else None


def _of(
    stream: Stream,
    first: int,
    last: int,
    when: When | None,
    *,
    period: bool = False,
    same: bool = False,
    hijri: bool = False,
) -> DayExpression:
    span = Span(stream.tokens[first].start, stream.tokens[last - 1].end)
    return DayExpression(first, last, span, span.of(stream.text), when, period or same, same, hijri)


# ---------------------------------------------------------------- Hijri


def _hijri(s: Stream, i: int) -> int | None:
    """12/5/1445 هـ, 27 رمضان 1445هـ, عام 1445 هـ, شهر رمضان: the token after a date of the Hijri calendar."""
    year = _hijri_year(s, i + 1) if s.norm(i) in ("عام", "سنه", "العام") else None
    return year or _hijri_numeric(s, i) or _hijri_named(s, i)


def _hijri_year(s: Stream, i: int) -> int | None:
    if s.digits(i, 1300, 1499) is None:
        return None
    return i + 2 if s.norm(i + 1) in ("ه", "هجري", "هجريه") else i + 1


def _hijri_numeric(s: Stream, i: int) -> int | None:
    separator = s.norm(i + 1)
    if separator not in ("/", "-") or s.norm(i + 3) != separator or s.digits(i + 2, 1, 12) is None:
        return None
    if s.digits(i, 1, 30):
        return _hijri_year(s, i + 4)
    if s.digits(i, 1300, 1499) and s.digits(i + 4, 1, 30):
        return i + 6 if s.norm(i + 5) == "ه" else i + 5
    return None


def _hijri_named(s: Stream, i: int) -> int | None:
    """A Hijri month, shown to be one by a day, a year or شهر: شعبان, رجب and رمضان are names of persons too."""
    j, shown = i, False
    ordinal = s.ordinals.get(i)
    if s.digits(i, 1, 30) or ordinal:
        j, shown = ordinal.last if ordinal else i + 1, True
        j = j + 1 if s.norm(j) == "من" else j
    if s.norm(j) in ("شهر", "لشهر", "بشهر"):
        j, shown = j + 1, True
    if s.norm(j) not in HIJRI_MONTHS and (s.norm(j), s.norm(j + 1)) not in HIJRI_DOUBLE_MONTHS:
        return None
    j += 1 if s.norm(j) in HIJRI_MONTHS else 2
    year = _hijri_year(s, j + 1 if s.norm(j) in (",", "،", "عام", "لعام", "سنه") else j)
    if year:
        return year
    if s.norm(j) in ARABIC_LAST:
        return j + 1
    return j if shown else None


__all__ = [
    "Beside",
    "DayExpression",
    "Interval",
    "Point",
    "Stretch",
    "find_days",
    "in_year",
    "parse_published",
    "period_of",
    "written_on",
    "years_told",
]
