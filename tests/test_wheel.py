"""The built wheel carries the data rooms: installed elsewhere, `waqai run` works from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = "أعلن المرصد السوري لحقوق الإنسان مقتل 8 عناصر من قوات النظام في ريف حمص الشرقي، في هجوم لتنظيم داعش.\n"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "WAQAI_STORE", "WAQAI_BASE")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and, by path, the dependencies of this one – but not this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("waqai-*.whl")
    home = folder / "env"
    venv.create(home, with_pip=False, symlinks=True)
    site = next((home / "lib").glob("python*/site-packages"))
    installed = run(
        sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", site, wheel, cwd=folder
    )
    assert installed.returncode == 0, installed.stderr
    # A path in a .pth file is searched, but the .pth files in it (the editable checkout's) are not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def test_run_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    waqai: list[str | Path] = [installed / "bin" / "python", "-c", "from waqai.cli import main; main()"]
    where = run(*waqai[:1], "-c", "import waqai; print(waqai.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(installed))
    ran = run(*waqai, "run", "a.txt", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    asked = run(*waqai, "ask", "militia-deaths-by-province", "--format", "json", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert '"rows"' in asked.stdout
