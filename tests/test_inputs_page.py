"""docs/inputs.md: its commands run as they stand, its table of endings is the program's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from waqai.read.sources import BY_SUFFIX, COMPRESSED

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")


def test_its_commands_read_the_same_article_handed_in_compressed(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "waqai"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m waqai "$@"\n')
    program.chmod(0o755)
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    block = re.search(r"```console\n(.*?)```", PAGE, re.DOTALL)
    assert block
    script = "\n".join(line.removeprefix("$ ") for line in block[1].splitlines())
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-ec", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    counts = json.loads(done.stdout)["counts"]
    assert [(count["outcome"], count["low"], count["admin1"]) for count in counts] == [
        ("killed", 6, ["SY-HI"]),
        ("injured", 4, ["SY-HI"]),
    ]


def test_it_names_every_ending_that_is_read() -> None:
    rows = [line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| ") and "`." in line.split("|")[2]]
    assert set(re.findall(r"\.\w+", " ".join(rows))) == set(BY_SUFFIX)
    assert all(f"`{ending}`" in PAGE for ending in COMPRESSED)
