"""The example files prove the rule language: points with prerequisites and bands, condition criteria with a pass count.

A province adds a set of its own the same way: one file in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien import standards
from caitien.standards import Framework, JudgementError, judge, read_judgements

EXAMPLES = Path(standards.__file__).parent / "examples"
DIGITAL = standards.check_file(EXAMPLES / "mau-chuyen-doi-so.yaml")
PROGRAMME = standards.check_file(EXAMPLES / "mau-chuong-trinh-dao-tao.yaml")

CONDITIONS = {"1.1": "met", "1.2": "met", "2.1": "met", "2.2": "met"}
TEACHING = {"1.3": 30, "1.4": 20, "1.5": 20, "1.6": 20, "1.7": 10}
MANAGING = {"2.3": 60, "2.4": 40}


def digital(teaching: int, managing: int, **changed: Any) -> standards.SchoolResult:
    """Two groups with so many points each, put where there is room."""
    raw: dict[str, Any] = dict(CONDITIONS)
    for wanted, most in ((teaching, TEACHING), (managing, MANAGING)):
        left = wanted
        for code, room in most.items():
            raw[code] = {"points": min(left, room)}
            left -= min(left, room)
    return judge(DIGITAL, read_judgements(DIGITAL, raw | {k.replace("_", "."): v for k, v in changed.items()}))


@pytest.mark.parametrize(
    ("teaching", "managing", "level"),
    [(0, 0, 1), (49, 100, 1), (50, 50, 2), (75, 75, 2), (75, 100, 2), (76, 75, 2), (76, 76, 3), (100, 100, 3)],
)
def test_both_groups_must_reach_the_band(teaching: int, managing: int, level: int) -> None:
    assert digital(teaching, managing).level == level


@given(st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_the_bands_are_below_fifty_to_seventy_five_and_above(teaching: int, managing: int) -> None:
    lowest = min(teaching, managing)
    expected = 1 if lowest < 50 else 2 if lowest <= 75 else 3
    result = digital(teaching, managing)
    assert (result.level, result.possible) == (expected, expected)
    assert [group.points for group in result.groups] == [teaching, managing]


def test_without_a_prerequisite_no_points_count() -> None:
    result = digital(100, 100, **{"2_2": "not_met"})
    assert (result.level, result.possible) == (1, 1)
    assert [group.points for group in result.groups] == [100, 0]
    assert result.reasons[-1].endswith("Chưa tính điểm vì chưa đạt điều kiện: 2.2.")
    assert {(b.criterion, b.missing[0].criterion) for b in result.blocking} == {("2.3", "2.2"), ("2.4", "2.2")}


def test_a_prerequisite_not_judged_leaves_the_points_open() -> None:
    result = digital(100, 100, **{"2_2": "not_judged"})
    assert (result.level, result.possible) == (1, 3)


def test_points_of_parts_are_added_and_unscored_parts_stay_possible() -> None:
    raw = {**CONDITIONS, "1.3": {"points": {"1.3.M1.a": 6}}}
    result = judge(DIGITAL, read_judgements(DIGITAL, raw))
    third = next(c for c in result.criteria if c.code == "1.3")
    assert (third.points, third.level, third.possible) == (6, 1, 3)
    assert [group.possible for group in result.groups] == [100, 100]


def test_what_brings_more_points_comes_first_among_what_blocks() -> None:
    result = digital(100, 30)
    assert [(b.criterion, b.points) for b in result.blocking] == [("2.4", 40), ("2.3", 30)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"points": 31}, "Điểm của 1.3 là 31, phải từ 0 đến 30"),
        ({"points": -1}, "phải từ 0 đến 30"),
        ({"points": True}, "phải là một số từ 0 đến 30"),
        ({"points": {"1.3.M1.z": 1}}, "không có mục cho điểm “1.3.M1.z”"),
    ],
)
def test_points_that_cannot_be_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(JudgementError, match=message.replace("(", r"\(")):
        read_judgements(DIGITAL, {"1.3": given})


def naive_programme(judged: dict[str, str], *, unknown_is_met: bool) -> int:
    good = {"met", "not_judged"} if unknown_is_met else {"met"}
    passed = {code for code in PROGRAMME.codes if judged.get(code, "not_judged") in good}
    conditions = {c.code for c in PROGRAMME.criteria if c.mandatory}
    if not (conditions <= passed and len(passed) >= 42):
        return 0
    return 2 if len(passed) == 52 else 1


@given(st.lists(st.sampled_from(PROGRAMME.codes), max_size=14), st.lists(st.sampled_from(PROGRAMME.codes), max_size=8))
@settings(max_examples=300, deadline=None)
def test_ten_conditions_and_a_pass_count(failed: list[str], unknown: list[str]) -> None:
    judged = dict.fromkeys(PROGRAMME.codes, "met") | dict.fromkeys(failed, "not_met")
    judged |= dict.fromkeys(unknown, "not_judged")
    result = judge(PROGRAMME, read_judgements(PROGRAMME, judged))
    assert result.level == naive_programme(judged, unknown_is_met=False)
    assert result.possible == naive_programme(judged, unknown_is_met=True)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CAITIEN_FRAMEWORKS", str(tmp_path))
    standards.forget()
    yield tmp_path
    standards.forget()


def test_an_uploaded_file_is_one_framework_more_and_takes_no_ones_place(installed: Path) -> None:
    before = standards.framework_on("tieu_hoc", standards.load("tt57-2026-pho-thong").validity.start)
    framework = standards.install_file((EXAMPLES / "mau-chuyen-doi-so.yaml").read_bytes(), installed)
    assert isinstance(framework, Framework)
    assert "mau-chuyen-doi-so" in [info.id for info in standards.available()]
    assert standards.framework_on("tieu_hoc", standards.load("tt57-2026-pho-thong").validity.start) == before


def test_an_uploaded_file_that_is_wrong_is_not_stored(installed: Path) -> None:
    content = (EXAMPLES / "mau-chuyen-doi-so.yaml").read_text(encoding="utf-8")
    with pytest.raises(standards.FrameworkFileError, match="day-hok"):
        standards.install_file(content.replace("of: day-hoc", "of: day-hok").encode(), installed)
    packaged = Path(standards.__file__).parent / "frameworks" / "tt57-2026-gdtx.yaml"
    with pytest.raises(standards.FrameworkFileError, match="khung có sẵn"):
        standards.install_file(packaged.read_bytes(), installed)
    assert list(installed.iterdir()) == []


@pytest.mark.parametrize(
    ("was", "becomes", "line", "message"),
    [
        ("requires: ['2.1', '2.2']", "requires: ['2.1', '2.9']", "requires: ['2.1', '2.9']", "không có tiêu chí “2.9”"),
        ("requires: ['2.1', '2.2']", "requires: ['2.4']", "requires: ['2.4']", "vòng: 2.4 → 2.4"),
        (
            "{kind: points, of: day-hoc, band: {above: 75}}",
            "{kind: point, of: day-hoc}",
            "kind: point,",
            "count, points",
        ),
        (
            "{kind: points, of: day-hoc, band: {above: 75}}",
            "{kind: points, of: day-hoc}",
            "of: day-hoc}",
            "thiếu trường",
        ),
        ("of: day-hoc, band: {above: 75}", "of: day-hoc, band: {above: 100}", "above: 100", "nhiều nhất chỉ được 100"),
        ("of: day-hoc, band: {above: 75}", "of: mandatory, band: {start: 1}", "of: mandatory", "được cho điểm"),
        ("criteria: ['2.3', '2.4']", "criteria: ['2.3', '2.3']", "criteria: ['2.3', '2.3']", "hai lần trong nhóm"),
        ("criteria: ['2.3', '2.4']", "criteria: ['2.3', '3.4']", "criteria: ['2.3', '3.4']", "không có tiêu chí “3.4”"),
        ("max_points: 40", "max_points: 41", "max_points: 41", "cộng lại chỉ có 40"),
        ("band: {above: 26}", "band: {above: 60}", "band: {above: 60}", "tiêu chí nhiều nhất chỉ được 40"),
    ],
)
def test_a_slip_in_a_rule_is_told_with_its_line(
    tmp_path: Path, was: str, becomes: str, line: str, message: str
) -> None:
    text = (EXAMPLES / "mau-chuyen-doi-so.yaml").read_text(encoding="utf-8")
    assert was in text
    head, _, tail = text.rpartition(was)
    changed = head + becomes + tail
    path = tmp_path / "mau-chuyen-doi-so.yaml"
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(standards.FrameworkFileError) as caught:
        standards.check_file(path)
    problem = caught.value.problems[0]
    assert message in problem.message
    assert problem.line in [n for n, words in enumerate(changed.splitlines(), 1) if line in words]
