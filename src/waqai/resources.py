"""The only module that knows where the data rooms are: in a checkout, an editable install or a wheel."""

from __future__ import annotations

from pathlib import Path

from waqai.errors import RoomError

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "rooms"
_IN_CHECKOUT = _PACKAGE.parents[1]


def room(name: str) -> Path:
    """The folder of one data room: `ontology`, `shapes`, `queries` or `lexicon`."""
    if name == "lexicon":
        return _PACKAGE / "lexicon" / "data"
    for home in (_IN_WHEEL, _IN_CHECKOUT):
        if (home / name).is_dir():
            return home / name
    raise RoomError(f"the data room {name!r} is missing", address=str(_IN_CHECKOUT), cure="install waqai again")


def files(name: str, pattern: str) -> list[Path]:
    """The files of a room that match a glob, in a fixed order."""
    return sorted(room(name).glob(pattern))
