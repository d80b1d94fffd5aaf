"""Saved questions that add people without saying so are found."""

from __future__ import annotations

import pytest
from tests.lint.conftest import Build

from waqai import resources
from waqai.lint import Rooms
from waqai.lint.sums import sum_findings

TEXT = (resources.room("queries") / "civilian-deaths-summed.rq").read_text(encoding="utf-8")


def test_the_rooms_declare_what_they_add() -> None:
    assert not list(sum_findings(Rooms.installed()))


@pytest.mark.parametrize(
    ("old", "new", "address", "message"),
    [
        ("#+ x-adds:\n#+   - dead\n", "", "some.rq:41", "adds numbers of people"),
        ("x-adds:\n#+   - dead", "x-adds:\n#+   - place", "some.rq:36:x-adds", "holds no sum"),
        ("x-additive: []", "x-additive:\n#+   - dead", "some.rq:35:x-additive", "not additive"),
        ("?statement wq:outcome", "[] wq:outcome", "some.rq", "no variable names"),
        ("civilian-deaths-by-province", "articles", "x-switches-to", "no question that asks for bounds"),
    ],
)
def test_a_sum_must_be_declared(build: Build, old: str, new: str, address: str, message: str) -> None:
    findings = list(sum_findings(build(query=TEXT.replace(old, new))))
    assert any(address in f.address and message in f.message for f in findings)
