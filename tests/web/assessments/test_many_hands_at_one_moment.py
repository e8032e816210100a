"""Six clicks at one moment: one assessment, all ticks, one approval; no approved report ever cites evidence that is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
EXPECTED = {"begun": 1, "ticks of six": 6, "writers": 6, "cited and gone": 0, "approved at all": 1, "approved twice": 0}


@pytest.fixture(scope="module")
def happened(tmp_path_factory):
    """On a database of its own, SQLite as a school has it."""
    env = os.environ | {"PYTHONUTF8": "1", "CAITIEN_DATA": str(tmp_path_factory.mktemp("truong")), "CAITIEN_DATABASE_URL": ""}  # fmt: skip
    env["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "web.assessments.racers"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("what", list(EXPECTED))
def test_it_holds(happened, what):
    count, codes = happened[what]
    assert count == EXPECTED[what], codes
    assert max(codes) < 500, codes
