"""Another version of the lexicon and the registers: a folder, or a commit of the git work tree they stand in."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waqai import resources
from waqai.errors import InputError

_IN_CHECKOUT = Path("src/waqai/lexicon/data")


@dataclass(frozen=True)
class Version:
    """Where the lexicon and the registers of one version are."""

    lexicon: Path
    ontology: Path


def here() -> Version:
    """The version that this installation works with."""
    return Version(resources.room("lexicon"), resources.room("ontology"))


@contextmanager
def version(against: str) -> Iterator[Version]:
    """A version by its folder (a lexicon, or a checkout) or by its commit. Raises InputError."""
    folder = Path(against)
    if folder.is_dir():
        yield _in_folder(folder)
        return
    with tempfile.TemporaryDirectory() as copied:
        _copy_commit(against, Path(copied))
        yield _in_folder(Path(copied))


def _in_folder(folder: Path) -> Version:
    lexicon = next((home for home in (folder, folder / _IN_CHECKOUT) if (home / "ar").is_dir()), None)
    ontology = folder / "ontology"
    if lexicon is None and not ontology.is_dir():
        cure = "name a folder with ar/ and en/, one with ontology/, or a checkout that has both"
        raise InputError("neither lexicon nor registers are here", address=str(folder), cure=cure)
    current = here()
    return Version(lexicon or current.lexicon, ontology if ontology.is_dir() else current.ontology)


def _copy_commit(commit: str, target: Path) -> None:
    """Lexicon and registers as a commit has them."""
    git, home = shutil.which("git"), resources.room("lexicon")
    cure = "name a commit of the work tree that holds the lexicon, or a folder"
    if git is None or commit.startswith("-"):
        raise InputError(f"{commit!r} is no folder, and no commit", address="--against", cure=cure)
    top = subprocess.run([git, "-C", str(home), "rev-parse", "--show-toplevel"], capture_output=True, check=False)  # noqa: S603
    root = top.stdout.decode().strip() or str(home)
    call = [git, "-C", root, "archive", commit, "--", _IN_CHECKOUT.as_posix(), "ontology"]
    packed = subprocess.run(call, capture_output=True, check=False)  # noqa: S603
    if packed.returncode:
        said = packed.stderr.decode(errors="replace").strip()
        raise InputError(f"git has no lexicon at {commit!r}: {said}", address="--against", cure=cure)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(target, filter="data")
