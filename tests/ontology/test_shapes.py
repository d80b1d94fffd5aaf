"""Every shape over the ontology is proved from both sides; an example names the shape and the nodes it must report."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.graph import BASE
from waqai.resources import room
from waqai.validate import Gate

HERE = Path(__file__).parent / "shapes"
SHAPES = "https://w3id.org/waqai/shapes#"
EXAMPLES = sorted(HERE.glob("*.ttl"))


def head(path: Path, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate([room("shapes") / "ontology.ttl"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_example(gate: Gate, path: Path) -> None:
    [shape] = head(path, "shape")
    focus = [node if node.startswith("https:") else BASE + node for node in head(path, "focus")]
    assert focus
    assert path.name.partition(".")[0] == shape
    assert set(focus) <= {quad.subject.value for quad in quads(path) if isinstance(quad.subject, ox.NamedNode)}

    found = [finding for finding in gate.verdict(quads(path)).findings if finding.shape == SHAPES + shape]
    if path.name.endswith(".pass.ttl"):
        assert found == []
    else:
        assert [(f.focus, f.severity) for f in found] == [(node, head(path, "severity")[0]) for node in sorted(focus)]
        assert all(f.cure(lang) for f in found for lang in ("ar", "en"))


def test_every_shape_has_its_pair_and_no_pair_is_left_over() -> None:
    declared = {
        quad.subject.value.removeprefix(SHAPES)
        for quad in quads(room("shapes") / "ontology.ttl")
        if quad.predicate.value.endswith("#severity") and isinstance(quad.subject, ox.NamedNode)
    }
    assert len(declared) > 15
    assert {f"{entry}.{side}.ttl" for entry in declared for side in ("pass", "fail")} == {p.name for p in EXAMPLES}
