"""The versions as amended in 2024: the base with its changes laid over it."""

from __future__ import annotations

import pytest

from caitien import standards

PAIRS = [
    ("tt17-2018-tieu-hoc", "tt17-2024-tieu-hoc"),
    ("tt18-2018-trung-hoc", "tt18-2024-trung-hoc"),
    ("tt19-2018-mam-non", "tt19-2024-mam-non"),
]


@pytest.mark.parametrize(("base_id", "amended_id"), PAIRS)
def test_standard_three_has_three_criteria_and_the_others_are_those_of_2018(base_id: str, amended_id: str) -> None:
    base, amended = standards.load(base_id), standards.load(amended_id)
    assert amended.extends == base_id
    third = amended.standard("3")
    assert third is not None
    assert [c.code for c in third.criteria] == ["3.1", "3.2", "3.3"]
    kept = [c for c in base.codes if not c.startswith("3.")]
    assert [c for c in amended.codes if not c.startswith("3.")][: len(kept)] == kept


@pytest.mark.parametrize(("base_id", "amended_id"), PAIRS)
def test_the_amended_version_follows_the_day_after_the_original(base_id: str, amended_id: str) -> None:
    base, amended = standards.load(base_id).validity, standards.load(amended_id).validity
    assert base.end is not None
    assert (amended.start - base.end).days == 1


@pytest.mark.parametrize(("base_id", "amended_id"), PAIRS)
def test_it_says_what_changed_and_how_sure_that_is(base_id: str, amended_id: str) -> None:
    amended = standards.load(amended_id)
    assert amended.changes
    assert all(change.mark in {"single", "conflict", "inferred", "gap"} for change in amended.changes)
    assert amended.mark_of("requirements") in {"single", "inferred"}


def test_a_changed_field_leaves_the_others_of_the_criterion() -> None:
    base = standards.load("tt17-2018-tieu-hoc").criterion("1.2")
    amended = standards.load("tt17-2024-tieu-hoc").criterion("1.2")
    assert base is not None
    assert amended is not None
    assert amended.title == "Hội đồng trường và các hội đồng khác"
    assert amended.levels == base.levels
    assert base.title.startswith("Hội đồng trường (Hội đồng quản trị")


def test_one_level_is_replaced_and_the_others_stay() -> None:
    base = standards.load("tt19-2018-mam-non").criterion("2.2")
    amended = standards.load("tt19-2024-mam-non").criterion("2.2")
    assert base is not None
    assert amended is not None
    assert amended.level(1) == base.level(1)
    codes = [r.code for r in amended.requirements]
    assert "2.2.M2.a" not in codes
    assert "2.2.M3.a" not in codes
    assert "2.2.M2.b" in codes


def test_the_doubtful_rates_of_5_5_stay_as_in_2018_and_both_readings_are_shown() -> None:
    base, amended = standards.load("tt17-2018-tieu-hoc"), standards.load("tt17-2024-tieu-hoc")
    before, after = base.criterion("5.5"), amended.criterion("5.5")
    assert before is not None
    assert after is not None
    assert after.levels == before.levels
    assert after.mark == "conflict"
    assert any(c.criterion == "5.5" and len(c.readings) == 2 for c in amended.conflicts)


def test_a_level_whose_wording_nobody_found_says_so_and_is_still_judged() -> None:
    framework = standards.load("tt18-2024-trung-hoc")
    criterion = framework.criterion("3.3")
    assert criterion is not None
    assert [(level.level, level.known) for level in criterion.levels] == [(1, False), (2, False), (3, False)]
    assert list(criterion.requirements) == []
    assert criterion.mark == "inferred"
