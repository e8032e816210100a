"""Precision, measured: for every sample document, what the checks must find in it, and nothing else.

The table was written from what the script that makes the samples planted in them (scripts/sample_layouts), by hand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caitien.checking import check
from caitien.reading import read_plan

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DURING_2025 = date(2025, 11, 20)
DURING_2026 = date(2026, 11, 22)

Expected = set[tuple[str, int | None]]  # the rule, and the number of the row as printed

EXPECTED: dict[str, Expected] = {
    "th-suoi-lim-2025-2026.docx": {
        ("section-jump", None),  # I, II, III, VI
        ("duplicate-row", None),  # all 32 twice, one finding
        ("level-results", None),  # 15/19 is not 87%; level 2 claimed with 25/27
        ("two-owners", 3), ("two-owners", 5), ("two-owners", 9), ("two-owners", 11), ("two-owners", 15),
        ("two-owners", 17), ("two-owners", 21), ("two-owners", 23), ("two-owners", 29),
        ("no-owner", 12),
        ("no-time", 16),
        ("no-progress", 6),
        ("unknown-criterion", 22),
        ("stale-date", 14), ("stale-date", None),  # the row itself; the second copies of 17 rows, one finding
        ("overdue", 9), ("overdue", 10), ("overdue", 27), ("overdue", 28),
    },
    "mn-thien-ly-2026-2027.pdf": {("repealed-document", None), ("stale-date", 4)},
    "mn-sao-mai-xanh-2025-2026.pdf": {("amount-without-source", None)},  # the layout has no column for it
    "th-thcs-khe-may-2025-2026.xlsx": {("amount-without-source", None)},
    "thcs-hung-thinh-2025-2026.docx": {("amount-without-source", 6), ("amount-without-source", 12)},
    "thcs-phu-luong-thuong-2025-2026.pdf": {("source-without-amount", n) for n in (4, 9, 14)},
    "thpt-nam-hai-2025-2026.pdf": {("source-without-amount", n) for n in (4, 9, 14)},
    "thcs-bau-sen-2026-2027.docx": set(),
    "th-suoi-lim-2026-2027.docx": set(),
    "gdtx-vam-la-2026-2027.docx": set(),
    "mn-hoa-ban-2025-2026.xlsx": set(),
    "th-vinh-an-tay-2025-2026.xlsx": set(),
    "thpt-dong-giang-2025-2026.docx": set(),
    "thcs-cao-phong-ha-2025-2026.docx": {("overdue", n) for n in (2, 9, 16)},  # "Tháng 9, 10/2025", not done
    "thcs-thoi-an-dong-2025-2026.pdf": set(),
    "thpt-binh-khe-2025-2026.pdf": set(),
    "th-an-khe-bac-2025-2026.pdf": {("likely-typo", 1), ("likely-typo", 7)},  # "cha m học sinh": the file lost letters
    "th-dong-vang-2025-2026.txt": {("likely-typo", 1), ("likely-typo", 12)},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_wrong_is_found_and_nothing_else(name: str) -> None:
    plan = read_plan(SAMPLES / name).plan
    today = DURING_2026 if "2026-2027" in name else DURING_2025
    got = {
        (f.rule, None if f.action is None else int(plan.actions[f.action].number or f.action + 1))
        for f in check(plan, today=today)
    }
    assert got == EXPECTED[name]
