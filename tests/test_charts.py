"""Pictures of answers: open ends are arrows, Arabic runs from right to left, and the picture is told in words too."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from waqai import ask
from waqai.ask import charts
from waqai.ask.charts import Bar, Picture
from waqai.errors import InputError, QuestionError

FLAGSHIP = ask.load_questions()["militia-deaths-by-province"]
BARS = (
    Bar("a: Homs", "a", 5, 10),
    Bar("ب: حمص <&>", "b", 3, None),
    Bar("a: Homs", "a", 7, 7),
    Bar("b: nothing known", "b", 0, None),
)


def drawn(lang: str = "en", bars: tuple[Bar, ...] = BARS, **more: Any) -> Picture:
    return Picture("Title", bars, len(bars), "people", lang, **{"intervals": True, **more})


def test_a_terminal_shows_both_ends_and_arrows() -> None:
    lines = [line.plain for line in charts.in_terminal(drawn(), 60)]
    assert lines[0] == "Title"
    assert "├" in lines[1]
    assert "┤" in lines[1]
    assert lines[1].endswith("5–10")
    assert "▶" in lines[2]
    assert lines[2].endswith("≥ 3")
    assert "●" in lines[3]
    assert lines[4].endswith("open")
    assert "not be added" in lines[-1]


def test_arabic_labels_stand_last_and_apart() -> None:
    line = list(charts.in_terminal(drawn("ar"), 60))[2].plain
    assert line.startswith("\u200e")
    assert line.endswith("\u2068ب: حمص <&>\u2069")


@pytest.mark.parametrize("bars", [(), (Bar("none", "", 0, 0),), (Bar("x" * 300, "", 10**9, None),)])
@pytest.mark.parametrize("width", [1, 40, 300])
def test_odd_pictures_are_drawn_all_the_same(bars: tuple[Bar, ...], width: int) -> None:
    assert list(charts.in_terminal(drawn(bars=bars), width))
    assert charts.specification(drawn(bars=bars))


def test_what_reaches_far_makes_the_scale_logarithmic() -> None:
    bars = (Bar("near", "", 2, 17), Bar("far", "", 5, 1_500_000), Bar("near too", "", 3, 40))
    picture = drawn(bars=bars)
    assert picture.logarithmic
    assert "Logarithmic scale." in picture.notes
    assert '"symlog"' in json.dumps(charts.specification(picture))
    near = list(charts.in_terminal(picture, 80))[1].plain
    assert "├─" in near
    assert not drawn().logarithmic


def test_plain_numbers_are_filled_bars() -> None:
    line = list(charts.in_terminal(drawn(bars=(Bar("n", "", 4, 4),), intervals=False), 40))[1].plain
    assert "█" in line


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_svg_is_told_in_words(lang: str, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    path = tmp_path / "picture.svg"
    charts.write(drawn(lang), path)
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    title, told = root[0], root[1]
    assert title.text == "Title"
    assert "≥ 3" in (told.text or "")
    assert root.attrib["role"] == "img"


def test_a_png_is_one_and_other_endings_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    charts.write(drawn("ar"), tmp_path / "picture.PNG")
    assert (tmp_path / "picture.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="neither"):
        charts.write(drawn(), tmp_path / "picture.jpg")
    with pytest.raises(InputError, match="cannot be written"):
        charts.write(drawn(), tmp_path / "missing" / "picture.svg")


def test_a_question_without_a_chart_says_so() -> None:
    answer = ask.Answer(FLAGSHIP.name, "r", FLAGSHIP.columns, [])
    assert not ask.picture(answer, FLAGSHIP).bars
    with pytest.raises(InputError, match="declares no chart"):
        ask.picture(answer, replace(FLAGSHIP, chart=None))


@pytest.mark.parametrize(
    "new", ["labels: [nowhere]", "labels: []", "low: place", "value: low", "colour: class", "high: nothing"]
)
def test_a_chart_names_columns_of_numbers(new: str, tmp_path: Path) -> None:
    key = new.partition(":")[0]
    lines = FLAGSHIP.path.read_text(encoding="utf-8").splitlines()
    at = lines.index("#+ x-chart:")
    kept = [line for i, line in enumerate(lines) if not (at < i <= at + 4 and line.startswith(f"#+   {key}:"))]
    kept.insert(at + 1, f"#+   {new}")
    (tmp_path / "some.rq").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(QuestionError):
        ask.read_question(tmp_path / "some.rq")
