"""Every shape is proved from both sides: `<entry>.pass.ttl` conforms to it, `<entry>.fail.ttl` breaks it, and only so.

The head of an example names the shape, the focus nodes that must be there (relative to the default base) and, for a
failure, the severity. Of the named shape the report must have exactly one result for each focus node, no other.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.graph import BASE
from waqai.resources import files
from waqai.validate import Gate

HERE = Path(__file__).parent
SHAPES = "https://w3id.org/waqai/shapes#"
SH = "http://www.w3.org/ns/shacl#"
EXAMPLES = sorted(HERE.glob("*/*.ttl"))


def head(path: Path, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def declared() -> dict[str, Path]:
    """Entry → the file that declares it."""
    entries: dict[str, Path] = {}
    for path in files("shapes", "*.ttl"):
        if path.name == "ontology.ttl":
            continue
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == SH + "severity" and isinstance(quad.subject, ox.NamedNode):
                entries[quad.subject.value.removeprefix(SHAPES)] = path
    return entries


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_example(gate: Gate, path: Path) -> None:
    [shape] = head(path, "shape")
    focus = [node if node.startswith("_:") else BASE + node for node in head(path, "focus")]
    graph = quads(path)
    terms = {term.value for quad in graph for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    assert focus
    assert path.name.partition(".")[0] == shape

    found = [finding for finding in gate.verdict(graph).findings if finding.shape == SHAPES + shape]
    if path.name.endswith(".pass.ttl"):
        assert set(focus) <= terms
        assert found == []
    else:
        assert [(finding.focus, finding.severity) for finding in found] == [
            (node, head(path, "severity")[0]) for node in sorted(focus)
        ]


def test_every_shape_has_its_pair_and_no_pair_is_left_over() -> None:
    expected = {f"{path.stem}/{entry}.{sort}.ttl" for entry, path in declared().items() for sort in ("pass", "fail")}
    assert expected
    assert expected == {f"{path.parent.name}/{path.name}" for path in EXAMPLES}
