"""Last year's self-assessment as the beginning of this year's: what goes over is chosen, what does not is said."""

from __future__ import annotations

import pytest

from assessment.invented_assessment import big_assessment
from caitien.assessment.carrying import PARTS, begun_from
from caitien.assessment.checking import council_findings
from caitien.assessment.model import (
    CriterionReview,
    LevelReview,
    SelfAssessment,
    StandardReview,
    TableData,
    Weakness,
    WorkingGroup,
)
from caitien.assessment.tables_loading import tables_for
from caitien.standards import load
from caitien.writing.assessment.examined import examine

NEW = load("tt57-2026-pho-thong")
OLD = load("tt17-2024-tieu-hoc")
OLDEST = load("tt17-2018-tieu-hoc")


def value(framework=OLD, **parts) -> SelfAssessment:
    return SelfAssessment(school_year="2025-2026", framework=framework.id, **parts)


def test_a_whole_assessment_comes_over_without_a_judgement_and_can_be_printed():
    before = big_assessment(NEW.id)
    kept = before.to_json()
    made = begun_from(before, NEW, NEW, "2027-2028")
    assert before.to_json() == kept
    assert [one.name for one in made.value.council.members] == [one.name for one in before.council.members]
    assert not any(level.judged for review in made.value.criteria for level in review.levels)
    assert all(review.state == "writing" for review in made.value.criteria)
    assert made.value.evidence == []
    assert not made.value.document.number
    examine(made.value)
    texts = {(r.code, one.level): one.description for r in made.value.criteria for one in r.levels}
    for review in before.criteria:
        for level in review.levels:
            if level.description:
                assert texts[review.code, level.level] == level.description


def test_nothing_comes_that_nobody_chose():
    made = begun_from(big_assessment(NEW.id), NEW, NEW, "2027-2028", ())
    assert (made.members, made.groups, made.texts, made.tables, made.weaknesses) == (0, 0, 0, 0, 0)
    assert not made.value.overview.purpose


@pytest.mark.parametrize("part", PARTS)
def test_each_part_comes_alone(part):
    made = begun_from(big_assessment(NEW.id), NEW, NEW, "2027-2028", [part])
    assert bool(made.members) == (part == "council")
    assert bool(made.texts) == (part == "texts")
    assert bool(made.weaknesses) == (part == "weaknesses")


def test_every_word_of_a_criterion_with_a_target_is_found_under_the_new_framework():
    reviews = [
        CriterionReview(
            code=code, levels=[LevelReview(level=1, description=f"lời của {code}")], strengths=[f"mạnh {code}"]
        )
        for code in OLD.codes
    ]
    made = begun_from(value(criteria=reviews), OLD, NEW, "2026-2027", ["texts"])
    examine(made.value)
    text = made.value.to_json()
    assert not any("Không có tiêu chí tương ứng" in note for note in made.notes)
    for code in OLD.codes:
        assert f"lời của {code}" in text, code
        assert f"mạnh {code}" in text, code


def test_groups_write_the_criteria_that_theirs_became():
    council = {"groups": [WorkingGroup(name="Nhóm 1", criteria=["1.1", "1.2"])]}
    made = begun_from(value(council=council), OLD, NEW, "2026-2027", ["council"])
    assert made.value.council.groups[0].criteria
    assert set(made.value.council.groups[0].criteria) <= set(NEW.codes)


def test_a_weakness_of_a_criterion_becomes_one_of_its_standard_and_one_without_target_is_named():
    gone = next(code for code in OLD.codes if code.startswith("M"))
    reviews = [
        CriterionReview(
            code="1.1", weaknesses=[Weakness(text="Chưa rà soát chiến lược", cause="Thiếu người", priority="high")]
        ),
        CriterionReview(code=gone, weaknesses=[Weakness(text="Chưa có mô hình mới")]),
    ]
    made = begun_from(value(criteria=reviews), OLD, NEW, "2026-2027", ["weaknesses"])
    told = " ".join(made.notes)
    found = [one for standard in made.value.standards for one in standard.weaknesses]
    assert [(one.text, one.cause, one.priority) for one in found if one.text.startswith("Chưa rà")] == [
        ("Chưa rà soát chiến lược", "Thiếu người", "high")
    ]
    assert ("Chưa có mô hình mới" in told) != any(one.text == "Chưa có mô hình mới" for one in found)


def test_between_two_versions_of_one_circular_criteria_with_the_same_title_are_the_same():
    reviews = [CriterionReview(code="1.1", levels=[LevelReview(level=1, description="Chiến lược")])]
    made = begun_from(value(OLDEST, criteria=reviews), OLDEST, OLD, "2025-2026", ["texts"])
    assert [review.code for review in made.value.criteria] == ["1.1"]


def test_with_no_crosswalk_nothing_of_a_criterion_goes_and_it_is_said():
    reviews = [CriterionReview(code="1.3", levels=[LevelReview(level=1, description="Lời mới")])]
    weak = [StandardReview(code="1", weaknesses=[Weakness(text="Yếu", criteria=["1.3"])])]
    before = SelfAssessment(school_year="2026-2027", framework=NEW.id, criteria=reviews, standards=weak)
    made = begun_from(before, NEW, OLD, "2027-2028")
    assert made.texts == made.weaknesses == 0
    assert any("Chưa có bảng chuyển" in note or "Không có tiêu chí tương ứng" in note for note in made.notes)


def test_tables_that_the_new_form_does_not_have_stay_behind_and_are_named():
    old, new = tables_for(OLD.id, "thcs"), tables_for(NEW.id, "thcs")
    old = old or tables_for("tt18-2024-trung-hoc", "thcs")
    data = [TableData(table="results-2018", cells={"study-excellent": {"2025-2026": 10}})]
    made = begun_from(value(tables=data), OLD, NEW, "2026-2027", ["tables"], tables=(old, new))
    assert made.tables == 0
    assert any("mà khung mới không có" in note for note in made.notes)
    none = begun_from(value(tables=data), OLD, NEW, "2026-2027", ["tables"])
    assert any("chưa có mẫu bảng số liệu" in note for note in none.notes)


def test_a_criterion_whose_sheet_names_its_writer_needs_no_group():
    reviews = [CriterionReview(code=code, writers=["Lò Thị Mẩy"]) for code in NEW.codes]
    assessment = SelfAssessment(framework=NEW.id, criteria=reviews)
    rules = {one.rule for one in council_findings(assessment, NEW)}
    assert "council-every-criterion-has-a-writer" not in rules
    assessment.criteria[0].writers = [" "]
    fault = next(one for one in council_findings(assessment, NEW) if one.rule == "council-every-criterion-has-a-writer")
    assert NEW.codes[0] in fault.message
