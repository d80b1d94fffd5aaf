"""Unmasked quotes: files beside the graph, never in it, so no query, snapshot or release can reach them.

A file is named by the content hash of its article's graph. The commit of that graph is thus the commit of both: until
then the file of the old version is the one that is read. A file can be erased; a deleted triple stays on disk for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from waqai.errors import InputError
from waqai.store.snapshots import write_whole

_ID = re.compile("[0-9A-Za-z]{1,64}")


class PrivateQuotes:
    """The private graphs of a store folder, for the owner's eyes alone."""

    def __init__(self, store: Path) -> None:
        self.folder = store / "private"

    def read(self, article_id: str, content_hash: str) -> list[ox.Quad]:
        """The unmasked quotes of one version of an article; none if nothing was masked or it is gone."""
        path = self._path(article_id, content_hash)
        return list(ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS)) if path.exists() else []

    def write(self, article_id: str, content_hash: str, quads: Iterable[ox.Quad]) -> None:
        """Keep the quotes of the version that is about to be committed."""
        text = "".join(sorted(f"{quad} .\n" for quad in quads))
        if text:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            path = self._path(article_id, content_hash)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)

    def keep_only(self, versions: Mapping[str, str | None]) -> None:
        """Erase every other version of these articles (article id → content hash; None: all)."""
        for article_id, content_hash in versions.items():
            for path in self._home(article_id).glob(f"{article_id}.*"):
                if content_hash is None or path != self._path(article_id, content_hash):
                    path.unlink()

    def articles(self) -> set[str]:
        """The ids of the articles of which something is kept."""
        return {path.name.partition(".")[0] for path in self.folder.glob("*/*")}

    def _home(self, article_id: str) -> Path:
        # Ids come from IRIs: one that could leave the folder, or stand for the files of others (a*), is no id.
        if not _ID.fullmatch(article_id):
            raise InputError(f"{article_id!r} is not an article's id", cure="letters and digits make an id")
        return self.folder / article_id[:2]

    def _path(self, article_id: str, content_hash: str) -> Path:
        return self._home(article_id) / f"{article_id}.{content_hash[:16]}.nq"
