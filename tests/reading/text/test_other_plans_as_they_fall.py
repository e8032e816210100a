"""Sample plans in PDF, let fall as the known extractors do it: other headings, other widths, both styles of blank lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caitien.reading.interpret import interpret
from caitien.reading.opening import open_source
from reading.cases.scoring import score
from reading.text.falling import as_pdfbox, as_pdfium

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("th-an-khe-bac-2025-2026.pdf", 0.99),
        ("thcs-thoi-an-dong-2025-2026.pdf", 0.99),
        ("thpt-binh-khe-2025-2026.pdf", 0.99),
        ("mn-thien-ly-2026-2027.pdf", 0.96),
        ("thcs-phu-luong-thuong-2025-2026.pdf", 0.94),
    ],
)
@pytest.mark.parametrize("trailing_space", [True, False], ids=["as Word", "stripped"])
def test_a_plan_fallen_as_pdfbox_lets_it_fall_is_read(name: str, least: float, trailing_space: bool) -> None:
    text = as_pdfbox((ROOT / "samples" / name).read_bytes(), trailing_space=trailing_space)
    _reaches(name, text, least)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("thcs-thoi-an-dong-2025-2026.pdf", 0.98),
        ("thpt-binh-khe-2025-2026.pdf", 0.98),
        ("mn-thien-ly-2026-2027.pdf", 0.96),
    ],
)
def test_a_plan_without_any_blank_line_is_read(name: str, least: float) -> None:
    _reaches(name, as_pdfium((ROOT / "samples" / name).read_bytes()), least)


def _reaches(name: str, text: str, least: float) -> None:
    answer = json.loads((ROOT / "tests" / "data" / "expected" / f"{name}.expected.json").read_text("utf-8"))
    result = score(answer, interpret(open_source(text.encode(), "ke-hoach.txt")).to_dict())
    found = "\n".join([str(result), *result.misses])
    assert result.rows == result.wanted_rows, found
    assert not result.extra_rows, found
    assert result.cells >= least * result.wanted_cells, found
    assert result.values >= 0.97 * result.wanted_values, found
