"""The 34 provinces and cities since 1/7/2025, for the form of the school to propose: data/provinces.txt names its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from caitien.plan.text import sort_key

FILE = Path(__file__).parent / "data" / "provinces.txt"


@cache
def provinces() -> list[str]:
    """Their names as the National Assembly writes them, in the order of the alphabet."""
    lines = (line.strip() for line in FILE.read_text(encoding="utf-8").splitlines())
    return sorted(
        (line for line in lines if line and not line.startswith("#")),
        key=lambda name: sort_key(name.removeprefix("Thành phố ")),
    )
