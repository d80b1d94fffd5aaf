"""An answer as a picture: intervals from low to high, or plain numbers, in the terminal and as SVG or PNG.

What is drawn stands in the question's head (`x-chart`). An open end is an arrow, never a number. Files are made by
Vega-Lite (Satyanarayan et al. 2017) through vl-convert, offline; it brings its fonts and shapes Arabic.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from rich.text import Text

from waqai.ask.answers import OPEN, Answer, Value
from waqai.ask.questions import Chart, Question
from waqai.errors import InputError

MOST_BARS = 60
"""Bars of one picture; more cannot be read."""
ROOM = 1.15
"""How far the axis reaches beyond the largest number where an end is open."""
FAR = 50
"""How many times the middle bar's end the furthest may be before the scale becomes logarithmic."""
_LONGEST_LABEL = 40
_FONTS = "DejaVu Sans, Noto Sans Arabic, Noto Sans, Arial, sans-serif"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _AS_ITS_LETTERS, _END = "\u2066", "\u2067", "\u2068", "\u2069"
_LINE_LEFT_TO_RIGHT = "\u200e"
_SAYS = {
    "en": {
        "many": "the first {0} of {1} rows",
        "row": "{0}: {1}",
        "axis": "people reported",
        "log": "Logarithmic scale.",
        "caveat": "Reported under the recorded statements; rows must not be added.",
    },
    "ar": {
        "many": "أول {0} من {1} صفاً",
        "row": "{0}: {1}",
        "axis": "أشخاص مُبلَّغ عنهم",
        "log": "مقياس لوغاريتمي.",
        "caveat": "المُبلَّغ عنه وفق الأقوال المسجلة؛ لا تُجمع الصفوف.",
    },
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a picture. `high` None: open."""

    label: str
    group: str
    low: int
    high: int | None

    def numbers(self, lang: str) -> str:
        """Both ends as text, `12`, `5–7`, `≥ 3`."""
        if self.high is None:
            return f"≥ {self.low}" if self.low else OPEN[lang]
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars of an answer, and what is said around them."""

    title: str
    bars: tuple[Bar, ...]
    total: int
    axis: str
    lang: str
    intervals: bool

    @property
    def reach(self) -> float:
        """Where the axis ends."""
        ends = [n for bar in self.bars for n in (bar.low, bar.high) if n is not None]
        is_open = any(bar.high is None for bar in self.bars)
        return max([*ends, 1]) * (ROOM if is_open else 1)

    @property
    def logarithmic(self) -> bool:
        """Do a few bars reach so far that the others could not be seen?"""
        ends = sorted(bar.low if bar.high is None else bar.high for bar in self.bars)
        return bool(ends) and ends[-1] > FAR * max(ends[len(ends) // 2], 1)

    def place(self, number: float) -> float:
        """Where a number stands on the axis, from 0 to 1."""
        return math.log1p(number) / math.log1p(self.reach) if self.logarithmic else number / self.reach

    @property
    def notes(self) -> list[str]:
        """What must be known of the picture."""
        says = _SAYS[self.lang]
        cut = [says["many"].format(len(self.bars), self.total)] if self.total > len(self.bars) else []
        cut += [says["log"]] if self.logarithmic else []
        return [*cut, *([says["caveat"]] if self.intervals else [])]

    @property
    def description(self) -> str:
        """All of the picture in words, for those who cannot see it."""
        rows = (_SAYS[self.lang]["row"].format(bar.label, bar.numbers(self.lang)) for bar in self.bars)
        return "\n".join([self.title, *rows, *self.notes])


def picture(answer: Answer, question: Question, lang: str = "en") -> Picture:
    """The picture that a question's head declares. Raises InputError where it declares none."""
    chart = question.chart
    if chart is None:
        raise InputError(f"{question.name} declares no chart", address=question.name, cure="add x-chart to its head")
    drawn = {*chart.labels, chart.low, chart.high, chart.value, chart.group} - {None}
    if not drawn <= set(answer.columns):
        raise InputError("a naive sum is not drawn", address=question.name, cure="ask without --naive")
    bars = tuple(bar for row in answer.rows[:MOST_BARS] if (bar := _bar(row, chart)))
    axis = next((c.meaning[lang] for c in answer.headings if c.name == chart.value), _SAYS[lang]["axis"])
    return Picture(question.title[lang], bars, len(answer.rows), axis, lang, chart.value is None)


def _bar(row: dict[str, Value], chart: Chart) -> Bar | None:
    """A row as a bar; none where it has no number at all."""
    low, high = (row[chart.value],) * 2 if chart.value else (row[chart.low or ""], row[chart.high or ""])
    if low is None and high is None:
        return None
    label = " · ".join(str(row[name]) for name in chart.labels if row[name] is not None)
    group = str(row[chart.group] or "") if chart.group else ""
    return Bar(label, group, low if isinstance(low, int) else 0, high if isinstance(high, int) else None)


def in_terminal(drawn: Picture, width: int = 100) -> Iterator[Text]:
    """The picture as lines of text. Arabic: the bar first, its label in the last column, isolated from it."""
    yield Text(drawn.title, style="bold")
    labels = [_short(bar.label) for bar in drawn.bars]
    numbers = [bar.numbers(drawn.lang) for bar in drawn.bars]
    wide = max((Text(label).cell_len for label in labels), default=0)
    wide_numbers = max((len(n) for n in numbers), default=0)
    room = max(10, width - wide - wide_numbers - 4)
    for bar, label, number in zip(drawn.bars, labels, numbers, strict=True):
        track = _track(bar, drawn, room) if drawn.intervals else _filled(bar, drawn, room)
        isolated = f"{_AS_ITS_LETTERS}{label}{_END}"
        padding = " " * (wide - Text(label).cell_len)
        ends = number.rjust(wide_numbers)
        line = f"{track}  {ends}  {isolated}" if drawn.lang == "ar" else f"{isolated}{padding}  {track}  {ends}"
        yield Text(_LINE_LEFT_TO_RIGHT + line, no_wrap=True, overflow="ignore")
    for note in drawn.notes:
        yield Text(note, style="dim")


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _track(bar: Bar, drawn_in: Picture, room: int) -> str:
    """`   ├────┤  `, with an arrow at an open end; a single number is a point."""
    start = round(drawn_in.place(bar.low) * (room - 1))
    end = room - 1 if bar.high is None else round(drawn_in.place(bar.high) * (room - 1))
    if bar.high is None:
        drawn = "├" + "─" * (end - start - 1) + "▶" if end > start else "▶"
    elif end == start:
        drawn = "●" if bar.low == bar.high else "│"
    else:
        drawn = "├" + "─" * (end - start - 1) + "┤"
    return (" " * start + drawn).ljust(room)


def _filled(bar: Bar, drawn_in: Picture, room: int) -> str:
    return ("█" * max(round(drawn_in.place(bar.low) * room), bar.low > 0)).ljust(room)


def write(drawn: Picture, path: Path) -> None:
    """Write the picture to a file whose ending says what it is: .svg or .png. Raises InputError."""
    kind = path.suffix.lower()
    if kind not in (".svg", ".png"):
        raise InputError(f"{path.name} is neither .svg nor .png", address=str(path), cure="end the name in one of them")
    content = _svg(drawn).encode() if kind == ".svg" else _converter().vegalite_to_png(specification(drawn), scale=2)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", address=str(path), cure="name another file") from error


def _converter() -> Any:
    try:
        return importlib.import_module("vl_convert")
    except ImportError as error:
        raise InputError("charts as files need vl-convert", cure="pip install 'waqai[charts]'") from error


def _svg(drawn: Picture) -> str:
    """The SVG with title and description, which screen readers read, and its language."""
    svg = str(_converter().vegalite_to_svg(specification(drawn)))
    head, rest = svg.split(">", 1)
    said = f'<title id="title">{escape(drawn.title)}</title><desc id="desc">{escape(drawn.description)}</desc>'
    direction = "rtl" if drawn.lang == "ar" else "ltr"
    labelled = f'role="img" aria-labelledby="title desc" xml:lang="{drawn.lang}" data-direction="{direction}"'
    return f"{head} {labelled}>{said}{rest}"


def specification(drawn: Picture) -> dict[str, Any]:
    """The picture in Vega-Lite; Arabic runs from right to left."""
    mirrored = drawn.lang == "ar"
    rows = [_datum(number, bar, drawn) for number, bar in enumerate(drawn.bars)]
    y: dict[str, Any] = {
        "field": "row",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None,
            "orient": "right" if mirrored else "left",
            "labelExpr": "split(datum.label, '\\n')[1]",
            "labelLimit": 420,
            "ticks": False,
        },
    }
    scale: dict[str, Any] = {
        "domain": [0, drawn.reach],
        "reverse": mirrored,
        "nice": all(bar.high is not None for bar in drawn.bars),
        "type": "symlog" if drawn.logarithmic else "linear",
    }
    axis: dict[str, Any] = {
        "title": _isolated(drawn.axis, drawn.lang),
        "format": "d",
        "tickMinStep": 1,
        "labelOverlap": "greedy",
    }
    if drawn.logarithmic:
        axis["values"] = [0, *(10**power for power in range(math.ceil(math.log10(drawn.reach))))]
    x = {"field": "low", "type": "quantitative", "scale": scale, "axis": axis}
    colour = {"color": {"field": "group", "type": "nominal", "legend": None}}
    groups = colour if len({bar.group for bar in drawn.bars}) > 1 else {}
    side = {"align": "right", "dx": -14} if mirrored else {"align": "left", "dx": 14}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": drawn.description,
        "title": {
            "text": _isolated(drawn.title, drawn.lang),
            "subtitle": [_isolated(note, drawn.lang) for note in drawn.notes],
            "anchor": "end" if mirrored else "start",
            "subtitleFontWeight": "normal",
        },
        "width": 520,
        "height": {"step": 24},
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "bar", "height": 12}, "encoding": {"x": x, "x2": {"field": "until"}, **groups}},
            {"mark": {"type": "tick", "height": 12, "thickness": 3, "opacity": 1}, "encoding": {"x": x, **groups}},
            {
                "transform": [{"filter": "datum.open"}],
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 420,
                    "opacity": 1,
                    "shape": "triangle-left" if mirrored else "triangle-right",
                },
                "encoding": {"x": {"field": "until", "type": "quantitative"}, **groups},
            },
            {
                "mark": {"type": "text", "baseline": "middle", "clip": False, **side},
                "encoding": {"x": {"field": "until", "type": "quantitative"}, "text": {"field": "numbers"}},
            },
        ],
        "config": {"font": _FONTS, "view": {"stroke": None}, "background": "white"},
    }


def _isolated(text: str, lang: str) -> str:
    """Text in the direction of its language, whatever it begins or ends with."""
    return f"{_RIGHT_TO_LEFT if lang == 'ar' else _LEFT_TO_RIGHT}{text}{_END}"


def _datum(number: int, bar: Bar, drawn: Picture) -> dict[str, Any]:
    """A row of the data; rows of one name stay apart by their number."""
    return {
        "row": f"{number}\n{_AS_ITS_LETTERS}{bar.label}{_END}",
        "group": bar.group,
        "low": bar.low if drawn.intervals else 0,
        "until": drawn.reach if bar.high is None else bar.high,
        "open": bar.high is None,
        "numbers": f"{_LEFT_TO_RIGHT}{bar.numbers(drawn.lang)}{_END}",
    }
