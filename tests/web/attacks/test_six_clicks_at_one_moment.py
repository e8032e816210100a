"""What is asked for by six clicks at one moment happens once, and no click meets a fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
ONCE = {
    "invited": 1, "joined by one link": 1, "passwords by one link": 1, "people": 1, "pasted": 2, "left after undoing": 0,
    "rows added": 1, "comments": 1, "reports": 1, "plans of next year": 1, "one more of next year": 1, "approvals": 1,
    "amendments": 1, "ended": 1, "new plans": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def happened(tmp_path_factory):
    """On a database of its own, SQLite as a school has it: what there is after the clicks, and how each was answered."""
    env = os.environ | {"PYTHONUTF8": "1", "CAITIEN_DATA": str(tmp_path_factory.mktemp("truong")), "CAITIEN_DATABASE_URL": ""}  # fmt: skip
    env["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "web.attacks.racers"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("what", list(ONCE))
def test_it_happens_once(happened, what):
    count, codes = happened[what]
    assert count == ONCE[what], codes
    assert len(codes) == 6
    assert max(codes) < 500, codes
