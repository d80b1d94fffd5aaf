"""What became no article, as values: a document that cannot be read, and what was never meant to be one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document was not read. `file` is its address (file, or file:line), `cure` what to do about it."""

    file: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many parts of a folder or an archive are of a kind that holds no articles. It is no fault of theirs.

    `what` begins with a noun in the plural: "files .png".
    """

    file: str
    what: str
    number: int

    def told(self) -> str:
        """Number and noun: "2 files .png", "1 file .png"."""
        noun, space, rest = self.what.partition(" ")
        return f"{self.number} {noun.removesuffix('s') if self.number == 1 else noun}{space}{rest}"
