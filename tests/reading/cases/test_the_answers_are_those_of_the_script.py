"""What reading a sample must give is written by the script that makes it, not by hand and not by a reader."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))

from make_samples import SAMPLES, readme  # noqa: E402


@pytest.fixture(scope="module")
def made() -> list:  # type: ignore[type-arg]
    return [make() for make in SAMPLES]


def test_the_answers_are_up_to_date(made: list) -> None:  # type: ignore[type-arg]
    for sample in made:
        written = (ROOT / "tests" / "data" / "expected" / f"{sample.name}.expected.json").read_text("utf-8")
        assert json.loads(written) == json.loads(json.dumps(sample.expected())), sample.name
        assert (ROOT / "samples" / sample.name).exists()


def test_the_list_of_samples_is_up_to_date(made: list) -> None:  # type: ignore[type-arg]
    assert (ROOT / "samples" / "README.md").read_text("utf-8") == readme(made)
