"""Articles that the gate refused: the graph, the report and the reasons, kept beside the store until they are mended.

One folder an article: `graph.nq` (what was refused), `report.ttl` (the SHACL report), `entry.json` (file and findings).
An entry appears whole or not at all.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph as ox

from waqai.validate import Finding, Verdict


@dataclass(frozen=True)
class Entry:
    """A refused article: its IRI, the file it came from, and why."""

    article: str
    file: str
    findings: tuple[Finding, ...]
    folder: Path

    def report(self) -> str:
        """The SHACL report, in Turtle."""
        return (self.folder / "report.ttl").read_text(encoding="utf-8")


class Quarantine:
    """The folder of refused articles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, article: str, file: str, quads: Iterable[ox.Quad], verdict: Verdict) -> None:
        """Keep a refused article; an earlier entry of the same article is replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=".new-", dir=self.folder))
        (staging / "graph.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
        (staging / "report.ttl").write_text(verdict.turtle(), encoding="utf-8")
        entry = {"article": article, "file": file, "findings": [_as_json(f) for f in verdict.findings]}
        (staging / "entry.json").write_text(json.dumps(entry, ensure_ascii=False, indent=1), encoding="utf-8")
        self.release(article)
        staging.rename(self._place(article))

    def release(self, article: str) -> bool:
        """Forget an article, because a sound graph of it was stored or because it was withdrawn."""
        place = self._place(article)
        if not place.is_dir():
            return False
        gone = Path(mkdtemp(prefix=".old-", dir=self.folder))
        place.rename(gone / place.name)
        shutil.rmtree(gone)
        return True

    def __iter__(self) -> Iterator[Entry]:
        for path in sorted(self.folder.glob("[!.]*/entry.json")):
            entry = json.loads(path.read_text(encoding="utf-8"))
            findings = tuple(Finding(**finding) for finding in entry["findings"])
            yield Entry(entry["article"], entry["file"], findings, path.parent)

    def _place(self, article: str) -> Path:
        return self.folder / article.rstrip("/").rpartition("/")[2]


def _as_json(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in finding.__dataclass_fields__}
