"""A level comes with its reasons: which condition holds, which fails, what is missing, and what blocks the next level."""

from __future__ import annotations

from typing import Any

import pytest

from caitien import standards
from caitien.standards import JudgementError, judge, read_judgements, what_if

FRAMEWORK = standards.load("tt57-2026-pho-thong")
ALL: dict[str, Any] = {code: {"1": "met", "2": "met"} for code in FRAMEWORK.codes}


def result_of(**changed: Any) -> standards.SchoolResult:
    raw = {**ALL, **{code.lstrip("c").replace("_", "."): given for code, given in changed.items()}}
    return judge(FRAMEWORK, read_judgements(FRAMEWORK, raw))


def test_every_condition_that_was_examined_has_its_sentence() -> None:
    result = result_of(c1_1={"1": "met", "2": "not_met"})
    assert result.reasons == (
        "Trường đạt Mức 2.",
        "Điều kiện Mức 1 đạt: cả 8 tiêu chí bắt buộc đạt Mức 1.",
        "Điều kiện Mức 1 đạt: cả 7 tiêu chí còn lại đạt Mức 1, cần ít nhất 5.",
        "Điều kiện Mức 2 đạt: cả 8 tiêu chí bắt buộc đạt Mức 2.",
        "Điều kiện Mức 2 đạt: 6 trong 7 tiêu chí còn lại đạt Mức 2, cần ít nhất 5.",
        "Điều kiện Mức 2 đạt: cả 7 tiêu chí còn lại đạt Mức 1 trở lên.",
    )
    assert result.blocking == ()


def test_a_condition_that_fails_names_who_and_what_requirement() -> None:
    fine = {"a": "met", "b": "met", "c": "met", "d": "not_met"}
    result = result_of(c1_3={"1": "met", "2": fine}, c2_1={"1": "not_met", "2": "not_met"}, c2_2={"1": "met"})
    assert result.reasons[0] == "Trường chưa đạt Mức 1."
    assert result.reasons[2] == (
        "Điều kiện Mức 1 không đạt: 7 trong 8 tiêu chí bắt buộc đạt Mức 1, cần đủ 8. Không đạt: 2.1."
    )
    second = result_of(c1_3={"1": "met", "2": fine}, c2_2={"1": "met"})
    assert second.reasons[-3] == (
        "Điều kiện Mức 2 không đạt: 6 trong 8 tiêu chí bắt buộc đạt Mức 2, cần đủ 8. "
        "Không đạt: 1.3 (thiếu 1.3.M2.d). Chưa xét: 2.2."
    )


def test_open_is_said_otherwise_than_failed() -> None:
    result = result_of(c1_3={"1": "met"})
    assert (result.level, result.possible) == (1, 2)
    assert result.reasons[1] == "Nếu mọi nội dung chưa xét đều đạt, trường có thể đạt Mức 2."
    assert [c.outcome for c in result.conditions] == ["holds", "holds", "open", "holds", "holds"]


@pytest.mark.parametrize("nothing", [None, {}, {"2": None}, {"1": None, "2": None}, {"2": {}}, {"2": {"a": None}}])
def test_what_is_null_or_empty_is_not_judged(nothing: Any) -> None:
    result = result_of(c1_1=nothing)
    assert next(c for c in result.criteria if c.code == "1.1").judged == {1: "not_judged", 2: "not_judged"}


def test_what_cannot_change_the_level_any_more_is_said() -> None:
    result = result_of(c1_3={"1": "met", "2": "not_met"}, c1_4={"1": "met"})
    assert result.reasons[1] == "Còn nội dung chưa xét, nhưng dù đều đạt thì mức của trường cũng không cao hơn."


def test_the_least_missing_stands_first() -> None:
    result = result_of(
        c1_3={"1": "not_met", "2": "not_met"},
        c1_4={"1": {"a": "met", "b": "not_met"}, "2": "met"},
        c2_1={"1": "not_judged", "2": "met"},
        c2_2={"1": dict.fromkeys("ab", "not_met"), "2": "met"},
    )
    assert [b.criterion for b in result.blocking] == ["2.1", "1.4", "2.2", "1.3"]
    assert [b.judgement for b in result.blocking] == ["not_judged", "not_met", "not_met", "not_met"]


def test_where_some_of_several_are_enough_it_says_how_many() -> None:
    failed = {"1": "met", "2": "not_met"}
    result = result_of(c1_1=failed, c1_2=failed, c2_3=failed, c3_3=failed)
    assert {b.criterion for b in result.blocking} == {"1.1", "1.2", "2.3", "3.3"}
    assert {(b.necessary, b.enough) for b in result.blocking} == {(False, 2)}
    assert result.blocking[0].reason.endswith("Mức 2 không đạt. Cần thêm 2 trong 4 tiêu chí như vậy.")


def test_mending_what_is_necessary_brings_the_next_level() -> None:
    before = result_of(c1_3={"1": "met", "2": "not_met"}, c2_1={"1": "met"})
    changes = {b.criterion: {str(m.level): "met" for m in b.missing} for b in before.blocking if b.necessary}
    now, then = what_if(FRAMEWORK, before.situation.judgements, read_judgements(FRAMEWORK, changes))  # type: ignore[union-attr]
    assert (now.level, then.level) == (1, 2)
    assert now == before


def test_what_if_changes_a_copy() -> None:
    judgements = read_judgements(FRAMEWORK, {**ALL, "1.3": {"1": "met", "2": {"a": "not_met"}}})
    change = read_judgements(FRAMEWORK, {"1.3": {"2": "met"}})
    assert [r.level for r in what_if(FRAMEWORK, judgements, change)] == [1, 2]
    assert judge(FRAMEWORK, judgements).level == 1


def test_a_level_that_a_person_judged_stands_over_its_requirements_and_the_contradiction_is_told() -> None:
    raw = {**ALL, "1.3": {"1": "met", "2": "met", "1.3.M2.d": "not_met"}}
    result = judge(FRAMEWORK, read_judgements(FRAMEWORK, raw))
    assert result.level == 2
    assert result.warnings == ("Tiêu chí 1.3 ghi đạt Mức 2 trong khi yêu cầu 1.3.M2.d không đạt.",)


def test_results_of_criteria_and_standards_count_what_is_not_judged_apart() -> None:
    result = result_of(c1_1={}, c1_2={"1": "not_met"}, c1_3={"1": "met", "2": "not_met"})
    first = result.standards[0]
    assert (first.by_level, first.not_met, first.not_judged) == ({1: 1, 2: 1}, 1, 1)
    third = next(c for c in result.criteria if c.code == "1.3")
    assert (third.level, third.possible, third.judged) == (1, 1, {1: "met", 2: "not_met"})


def test_a_figure_warns_and_never_decides() -> None:
    framework = standards.load("tt17-2018-tieu-hoc")
    judged = {c.code: {str(v.level): "met" for v in c.levels} for c in (*framework.criteria, *framework.level_items)}
    judgements = read_judgements(framework, judged)
    plain, warned = judge(framework, judgements), judge(framework, judgements, {"5.4.M3": 97})
    assert plain.level == warned.level == 4
    assert plain.warnings == ()
    (warning,) = warned.warnings
    assert "là 97 %, văn bản nêu từ 98 %" in warning
    assert judge(framework, judgements, {"5.4.M3": 98}).warnings == ()


def test_a_figure_of_2026_is_only_kept() -> None:
    judgements = read_judgements(FRAMEWORK, ALL)
    assert judge(FRAMEWORK, judgements, {"1.3.Q1": 3}) == judge(FRAMEWORK, judgements)
    with pytest.raises(JudgementError, match=r"không có yêu cầu hay dữ liệu “1.3.Q9”"):
        judge(FRAMEWORK, judgements, {"1.3.Q9": 3})
