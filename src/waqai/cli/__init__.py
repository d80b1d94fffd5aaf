"""The verbs, in the order of the flow: read, extract, graph, check, load, run · ask, why · serve, publish · the rest.

Answers go to standard output, everything else to standard error. Exit codes: 0 all well · 1 something was refused or
found wrong · 2 the call or what was handed in is wrong · 3 the store cannot be used · 4 a limit was reached.
"""

from __future__ import annotations

import io
import sys

from waqai.cli import accounting, asking, auditing, events, keeping, lexicon, reading, serving
from waqai.cli.app import app
from waqai.cli.terminal import complain
from waqai.errors import WaqaiError

__all__ = ["accounting", "app", "asking", "auditing", "events", "keeping", "lexicon", "main", "reading", "serving"]


def main() -> None:
    """Run one verb and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file's name may hold bytes that are no text
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="waqai")
    except WaqaiError as error:
        complain(str(error))
        sys.exit(error.exit_code)
