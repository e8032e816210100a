"""From old criteria to new ones: every old one goes somewhere, every name exists on its side."""

from __future__ import annotations

from pathlib import Path

import pytest

from caitien import standards
from caitien.standards import crosswalks

WAYS = [
    ("tt17-2018-tieu-hoc", "tt57-2026-pho-thong"),
    ("tt18-2018-trung-hoc", "tt57-2026-pho-thong"),
    ("tt19-2018-mam-non", "tt57-2026-mam-non"),
    ("tt17-2024-tieu-hoc", "tt57-2026-pho-thong"),
    ("tt18-2024-trung-hoc", "tt57-2026-pho-thong"),
    ("tt19-2024-mam-non", "tt57-2026-mam-non"),
]


def way(old: str, new: str) -> standards.Crosswalk:
    found = standards.crosswalk(old, new)
    assert found is not None
    return found


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_every_old_criterion_and_level_four_item_goes_somewhere(old: str, new: str) -> None:
    moves = way(old, new).moves
    assert tuple(move.old for move in moves) == standards.load(old).codes
    assert all(move.new for move in moves)


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_every_new_criterion_gets_something(old: str, new: str) -> None:
    assert {target.code for move in way(old, new).moves for target in move.new} == set(standards.load(new).codes)


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_every_code_exists_on_its_side(old: str, new: str) -> None:
    old_framework, new_framework = standards.load(old), standards.load(new)
    for move in way(old, new).moves:
        source = old_framework.criterion(move.old)
        assert source is not None
        assert all(new_framework.criterion(target.code) for target in move.new)
        own = {r.code for r in source.requirements}
        assert {part.old for part in move.parts} <= own
        for part in move.parts:
            assert part.new is None or new_framework.criterion(part.new.split(".M")[0])


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_each_move_has_one_main_target_a_reason_and_its_likeness(old: str, new: str) -> None:
    for move in way(old, new).moves:
        assert [target.main for target in move.new].count(True) == 1
        assert move.new[0].main
        assert move.reason
        assert move.likeness in crosswalks.LIKENESS_WORDS


def test_one_old_criterion_can_go_to_several_new_ones_by_its_parts() -> None:
    move = way(*WAYS[0]).move("1.4")
    assert move is not None
    assert [target.code for target in move.new] == ["1.2", "2.1", "3.2"]
    assert {part.old: part.new for part in move.parts}["1.4.M2.a"] == "3.2"


def test_a_limit_that_no_longer_exists_goes_nowhere() -> None:
    move = way(*WAYS[0]).move("1.5")
    assert move is not None
    assert {part.old: part.new for part in move.parts}["1.5.M2.a"] is None


def test_what_came_to_a_new_criterion_is_found() -> None:
    assert [move.old for move in way(*WAYS[0]).came_from("4.3")] == ["4.1", "4.2"]


def test_nobody_wrote_a_way_back() -> None:
    assert standards.crosswalk("tt57-2026-pho-thong", "tt17-2018-tieu-hoc") is None


def test_a_crosswalk_that_names_a_missing_criterion_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sai.yaml"
    path.write_text(
        "schema: caitien.crosswalk/1\nold: tt17-2018-tieu-hoc\nnew: tt57-2026-pho-thong\nstatus: thử\nmoves:\n"
        "  - {old: '1.1', new: [{code: '1.1'}], likeness: high, reason: đúng}\n"
        "  - {old: '6.6', new: [{code: '1.1'}], likeness: high, reason: sai}\n",
        encoding="utf-8",
    )
    with pytest.raises(standards.FrameworkFileError, match=r"không có tiêu chí “6.6”") as caught:
        crosswalks._load(path)
    assert caught.value.problems[0].line == 7


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (
            "extends: khong-co\nold: tt17-2024-tieu-hoc\nnew: tt57-2026-pho-thong\nmoves: []\n",
            2,
            "không có bảng chuyển",
        ),
        (
            "old: tt17-2018-tieu-hoc\nnew: tt57-2026-pho-thong\nstatus: thử\nmoves:\n"
            "  - {old: '1.1', new: [{code: '1.1'}], likeness: high, reason: một}\n"
            "  - {old: '1.1', new: [{code: '1.2'}], likeness: high, reason: hai}\n",
            7,
            "“1.1” có hai dòng",
        ),
    ],
)
def test_a_crosswalk_that_is_no_way_is_refused(tmp_path: Path, content: str, line: int, message: str) -> None:
    path = tmp_path / "sai.yaml"
    path.write_text("schema: caitien.crosswalk/1\n" + content, encoding="utf-8")
    with pytest.raises(standards.FrameworkFileError, match=message) as caught:
        crosswalks._load(path)
    assert caught.value.problems[0].line == line
