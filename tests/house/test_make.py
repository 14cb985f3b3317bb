"""The set-up of a machine that lacks something says what in one sentence."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with a Makefile and nothing set up."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def fake_python(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def make(folder: Path, *words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0, done.stdout
    return done.stderr


def test_no_venv_module(clone: Path):
    python = fake_python(clone, 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    assert "liaison: Python's venv module is missing; on Debian: apt install python3-venv" in make(
        clone, "run", f"PYTHON={python}"
    )


def test_an_old_python(clone: Path):
    python = fake_python(clone, "exit 1")
    assert "liaison: Python 3.11 or newer is needed" in make(clone, "run", f"PYTHON={python}")


def test_no_python_at_all(clone: Path):
    assert "liaison: Python 3.11 or newer is needed" in make(clone, "run", "PYTHON=/nowhere/python3")
