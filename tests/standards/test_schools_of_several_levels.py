"""A school of several education levels has the lowest of them; one that is not met means none."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from caitien import standards
from caitien.standards import JudgementError, answer, read_question

CODES = standards.load("tt57-2026-pho-thong").codes
AT_LEVEL: dict[int, dict[str, Any]] = {
    level: {code: {str(n): "met" if n <= level else "not_met" for n in (1, 2)} for code in CODES} for level in (0, 1, 2)
}


def asked(**units: Any) -> standards.SchoolResult:
    return answer(read_question({"framework": "tt57-2026-pho-thong", "units": units}))


@pytest.mark.parametrize("levels", list(product((0, 1, 2), repeat=3)))
def test_the_lowest_counts(levels: tuple[int, int, int]) -> None:
    units = dict(zip(("tieu_hoc", "thcs", "thpt"), (AT_LEVEL[n] for n in levels), strict=True))
    assert asked(**units).level == min(levels)


def test_one_level_not_judged_keeps_the_school_open() -> None:
    result = asked(tieu_hoc=AT_LEVEL[2], thcs={})
    assert (result.level, result.possible) == (0, 2)
    assert {b.unit for b in result.blocking} == {"thcs"}
    assert result.blocking[0].reason.startswith("THCS: Tiêu chí ")


def test_only_the_lowest_level_blocks() -> None:
    result = asked(tieu_hoc=AT_LEVEL[1], thcs=AT_LEVEL[0])
    assert {b.unit for b in result.blocking} == {"thcs"}
    both = asked(tieu_hoc=AT_LEVEL[1], thcs=AT_LEVEL[1])
    assert {b.unit for b in both.blocking} == {"tieu_hoc", "thcs"}


def test_a_unit_can_have_its_own_framework() -> None:
    kindergarten = {"framework": "tt57-2026-mam-non", "judgements": AT_LEVEL[1]}
    result = asked(mam_non=kindergarten, tieu_hoc=AT_LEVEL[2])
    assert result.level == 1
    assert result.framework == "tt57-2026-mam-non, tt57-2026-pho-thong"


def test_a_framework_that_says_nothing_of_several_levels_warns() -> None:
    raw = {"framework": "tt18-2018-trung-hoc", "units": {"thcs": {}, "thpt": {}}}
    assert answer(read_question(raw)).warnings == (
        "Khung TT 18/2018 · trung học không ghi cách xét trường nhiều cấp; ở đây lấy mức thấp nhất.",
    )


def test_a_mistake_names_the_level() -> None:
    with pytest.raises(JudgementError, match=r"Cấp “thcs”: .*“9.9”"):
        asked(thcs={"9.9": {}})
