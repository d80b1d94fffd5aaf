"""What lint says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing that lint found: where (`file:line` or a room's name), what, and what to do about it.

    An error breaks something, a warning deserves a look, a note tells what was not checked.
    """

    severity: Severity
    address: str
    message: str
    cure: str
