"""A document that cannot be read, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document was not read. `file` is its address (file, or file:line), `cure` what to do about it."""

    file: str
    reason: str
    cure: str
