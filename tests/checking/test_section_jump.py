"""Section numbers that jump or come twice."""

from __future__ import annotations

import pytest

from caitien.checking import apply_fix
from checking.building import clean_plan, found


def test_sections_that_jump_from_three_to_six_are_found() -> None:
    plan = clean_plan()
    plan.sections[3] = "VI. TỔ CHỨC THỰC HIỆN"
    (finding,) = found(plan, "section-jump")
    assert finding.quote == "VI. TỔ CHỨC THỰC HIỆN"
    assert "từ III sang VI" in finding.message


def test_the_fix_numbers_the_rest_again() -> None:
    plan = clean_plan()
    plan.sections = ["I. A", "II. B", "V. C", "VI. D"]
    (finding,) = found(plan, "section-jump")
    mended = apply_fix(plan, finding.fixes[0])
    assert mended.sections == ["I. A", "II. B", "III. C", "IV. D"]
    assert found(mended, "section-jump") == []


def test_a_number_that_comes_twice_is_found() -> None:
    plan = clean_plan()
    plan.sections = ["I. A", "II. B", "II. C", "III. D"]
    (finding,) = found(plan, "section-jump")
    assert "in hai lần" in finding.message
    assert apply_fix(plan, finding.fixes[0]).sections == ["I. A", "II. B", "III. C", "IV. D"]


@pytest.mark.parametrize(
    "sections",
    [
        [],
        ["MỤC ĐÍCH", "YÊU CẦU"],
        ["III. NỘI DUNG", "IV. TỔ CHỨC"],  # the head of the document was not there
        ["I. A", "II. B", "PHỤ LỤC", "I. C", "II. D"],  # an annex begins again
        ["Phần I. A", "Phần II. B", "PHẦN III: C"],
        ["I. A", "II. B", "III. C", "IV. D", "V. E", "VI. F", "VII. G", "VIII. H", "IX. I", "X. K"],
        ["I. A", "VIX. không phải số La Mã", "II. B"],
    ],
)
def test_sections_in_order_are_left_alone(sections: list[str]) -> None:
    plan = clean_plan()
    plan.sections = sections
    assert found(plan, "section-jump") == []
