"""What the circulars are known to hold: counts, mandatory criteria, dates, levels."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from caitien import standards
from caitien.plan.model import EducationLevel
from caitien.standards.model import SchoolLevel

MANDATORY_2026 = ("1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")
FRAMEWORKS_2026 = ("tt57-2026-mam-non", "tt57-2026-pho-thong", "tt57-2026-gdtx")


def per_standard(framework_id: str) -> tuple[int, ...]:
    return tuple(len(standard.criteria) for standard in standards.load(framework_id).standards)


def requirements_per_level(framework_id: str) -> list[int]:
    framework = standards.load(framework_id)
    everything = (*framework.criteria, *framework.level_items)
    return [
        sum(len(level.requirements) for c in everything if (level := c.level(number)))
        for number in framework.level_counts
    ]


def test_every_file_of_the_package_loads() -> None:
    assert standards.refused() == []
    assert len(standards.available()) == 9


@pytest.mark.parametrize(
    ("framework_id", "criteria_of_standards", "level_counts"),
    [
        ("tt57-2026-mam-non", (4, 3, 5, 3), {1: 15, 2: 15}),
        ("tt57-2026-pho-thong", (4, 3, 5, 3), {1: 15, 2: 15}),
        ("tt57-2026-gdtx", (4, 3, 5, 3), {1: 15, 2: 15}),
        ("tt17-2018-tieu-hoc", (10, 4, 6, 2, 5), {1: 27, 2: 27, 3: 19, 4: 5}),
        ("tt18-2018-trung-hoc", (10, 4, 6, 2, 6), {1: 28, 2: 28, 3: 20, 4: 6}),
        ("tt19-2018-mam-non", (10, 3, 6, 2, 4), {1: 25, 2: 25, 3: 19, 4: 6}),
        ("tt17-2024-tieu-hoc", (10, 4, 3, 2, 5), {1: 24, 2: 24, 3: 15, 4: 7}),
        ("tt18-2024-trung-hoc", (10, 4, 3, 2, 6), {1: 25, 2: 25, 3: 16, 4: 6}),
        ("tt19-2024-mam-non", (10, 3, 3, 2, 4), {1: 22, 2: 22, 3: 15, 4: 6}),
    ],
)
def test_it_has_the_criteria_that_the_circular_counts(
    framework_id: str, criteria_of_standards: tuple[int, ...], level_counts: dict[int, int]
) -> None:
    assert per_standard(framework_id) == criteria_of_standards
    assert standards.load(framework_id).level_counts == level_counts


@pytest.mark.parametrize(
    ("framework_id", "requirements"),
    [
        ("tt17-2018-tieu-hoc", [81, 48, 24, 5]),
        ("tt18-2018-trung-hoc", [84, 45, 25, 6]),
        ("tt19-2018-mam-non", [75, 46, 25, 6]),
    ],
)
def test_the_2018_frameworks_have_as_many_requirements_as_were_counted(
    framework_id: str, requirements: list[int]
) -> None:
    assert requirements_per_level(framework_id) == requirements


@pytest.mark.parametrize(
    ("framework_id", "indicators", "without"),
    [
        ("tt57-2026-mam-non", 31, {"1.1", "1.2", "4.3"}),
        ("tt57-2026-pho-thong", 37, {"1.1", "1.2", "3.4", "4.3"}),
        ("tt57-2026-gdtx", 34, {"1.1", "1.2"}),
    ],
)
def test_the_2026_annexes_name_figures_and_say_where_none_is_asked(
    framework_id: str, indicators: int, without: set[str]
) -> None:
    criteria = standards.load(framework_id).criteria
    assert sum(len(c.indicators) for c in criteria) == indicators
    assert {c.code for c in criteria if not c.indicators} == without
    assert {c.code for c in criteria if c.indicators_note} == without


@pytest.mark.parametrize("framework_id", FRAMEWORKS_2026)
def test_eight_criteria_are_mandatory_in_every_annex_of_2026(framework_id: str) -> None:
    framework = standards.load(framework_id)
    assert framework.group("mandatory") == MANDATORY_2026
    assert framework.group("others") == ("1.1", "1.2", "2.3", "3.3", "3.4", "3.5", "4.3")


@pytest.mark.parametrize("framework_id", FRAMEWORKS_2026)
def test_only_one_figure_stands_in_the_2026_requirements(framework_id: str) -> None:
    """The one of annex III: results of improvement followed for at least one cycle."""
    found = [
        (r.code, t.value) for c in standards.load(framework_id).criteria for r in c.requirements for t in r.thresholds
    ]
    assert found == ([("1.4.M2.b", 1)] if framework_id.endswith("gdtx") else [])


def test_a_school_reaches_level_two_of_2026_with_eight_five_and_the_rest() -> None:
    first, second = standards.load("tt57-2026-pho-thong").rules.school
    assert [(c.of, c.level, c.at_least) for c in first.conditions] == [("mandatory", 1, "all"), ("others", 1, 5)]
    assert [(c.of, c.level, c.at_least) for c in second.conditions] == [
        ("mandatory", 2, "all"),
        ("others", 2, 5),
        ("others", 1, "all"),
    ]
    assert (first.after, second.after) == (None, 1)


def test_the_2018_frameworks_ask_for_every_criterion_of_every_level() -> None:
    for framework_id in ("tt17-2018-tieu-hoc", "tt18-2018-trung-hoc", "tt19-2018-mam-non"):
        for rule in standards.load(framework_id).rules.school:
            assert [(c.of, c.level, c.at_least) for c in rule.conditions] == [("all", rule.level, "all")]


@pytest.mark.parametrize(
    ("framework_id", "without_level_three"),
    [
        ("tt17-2018-tieu-hoc", {"1.2", "1.5", "1.7", "1.8", "1.9", "1.10", "3.4", "5.1"}),
        ("tt18-2018-trung-hoc", {"1.2", "1.7", "1.8", "1.9", "1.10", "3.4", "5.3", "5.4"}),
        ("tt19-2018-mam-non", {"1.2", "1.7", "1.8", "1.9", "1.10", "3.6"}),
    ],
)
def test_some_criteria_of_2018_have_no_level_three(framework_id: str, without_level_three: set[str]) -> None:
    assert {c.code for c in standards.load(framework_id).criteria if c.level(3) is None} == without_level_three


def test_items_of_level_four_are_found_by_the_code_that_plans_use() -> None:
    framework = standards.load("tt17-2018-tieu-hoc")
    assert framework.codes[-5:] == ("M4.1", "M4.2", "M4.3", "M4.4", "M4.5")
    item = framework.criterion("M4.3")
    assert item is not None
    assert item.article == "Điều 22 khoản 3"
    assert framework.standard("M4.3") is None
    assert "M4.1" not in {c.code for c in framework.criteria}


def test_a_criterion_and_its_standard_are_found_by_code() -> None:
    framework = standards.load("tt57-2026-pho-thong")
    criterion, standard = framework.criterion("1.4"), framework.standard("1.4")
    assert criterion is not None
    assert criterion.title == "Tự đánh giá, cải tiến, công khai và trách nhiệm giải trình"
    assert standard is not None
    assert standard.code == "1"
    assert framework.criterion("9.9") is None


def test_the_disputed_title_of_1_4_shows_both_readings() -> None:
    for framework_id in FRAMEWORKS_2026:
        conflict = next(c for c in standards.load(framework_id).conflicts if c.criterion == "1.4")
        assert {r.text for r in conflict.readings} == {
            "Tự đánh giá, cải tiến, công khai và trách nhiệm giải trình",
            "Tự đánh giá, cải tiến chất lượng, công khai và trách nhiệm giải trình",
        }


def test_thresholds_of_2018_differ_by_region_where_the_circular_says_so() -> None:
    criterion = standards.load("tt17-2018-tieu-hoc").criterion("5.5")
    assert criterion is not None
    third = next(r for r in criterion.requirements if r.code == "5.5.M1.c")
    assert [(t.operator, t.value, t.applies_to) for t in third.thresholds] == [
        (">=", 80, "xã còn lại"),
        (">=", 70, "xã đặc biệt khó khăn"),
    ]


def test_figures_of_2026_are_no_ground_alone_until_the_end_of_2028() -> None:
    figures = standards.load("tt57-2026-mam-non").rules.figures
    assert figures is not None
    assert (figures.end, figures.article) == (date(2028, 12, 31), "Điều 27 khoản 4")


def test_continuing_education_has_no_national_standard() -> None:
    assert standards.load("tt57-2026-gdtx").national_standard is None
    general = standards.load("tt57-2026-pho-thong").national_standard
    assert general is not None
    assert [(d.degree, d.level) for d in general.degrees] == [(1, 1), (2, 2)]


def test_every_criterion_suggests_evidence_and_says_that_it_is_a_proposal() -> None:
    for info in standards.available():
        for criterion in standards.load(info.id).criteria:
            assert criterion.suggested_evidence, (info.id, criterion.code)
            assert {e.mark for e in criterion.suggested_evidence} == {"proposed"}


def test_every_text_is_composed_unicode_with_single_spaces() -> None:
    import json
    import unicodedata

    for info in standards.available():
        text = json.dumps(standards.load(info.id).to_dict(), ensure_ascii=False)
        assert text == unicodedata.normalize("NFC", text)
        assert "  " not in text


def test_school_levels_are_those_of_the_plan_value() -> None:
    assert get_args(SchoolLevel) == get_args(EducationLevel)
