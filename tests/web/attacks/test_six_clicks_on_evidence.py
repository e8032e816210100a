"""Six people press at one moment: codes are given once, lists come in once, and nothing is "met" or approved without proof."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
THERE_IS = {
    "years begun": 1, "codes": 6, "verified": 1, "met without proof": 0, "lines taken in": 30, "comments": 1,
    "approved without what it cites": 0,
}  # fmt: skip


def happened(folder: Path, database: str) -> dict[str, list]:
    env = os.environ | {"PYTHONUTF8": "1", "CAITIEN_DATA": str(folder), "CAITIEN_DATABASE_URL": database}
    env["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "web.attacks.racers_of_evidence"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    return happened(tmp_path_factory.mktemp("truong"), "")


@pytest.mark.parametrize("what", list(THERE_IS))
def test_it_is_as_if_they_had_come_one_after_the_other(on_sqlite, what):
    count, codes = on_sqlite[what]
    assert count == THERE_IS[what], codes
    assert max(codes) < 500, codes
