"""Two plans side by side: every difference once, in a sentence, and enough to make the one from the other."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings

from caitien.plan import ImprovementPlan
from caitien.plan.comparing import apply_changes, compare, words_changed
from caitien.plan.interchange import parse_plan
from plan.two_plans import plans

BASE: dict[str, Any] = {
    "school_year": "2025-2026",
    "recipients": ["UBND xã", "Lưu: VT"],
    "actions": [
        {
            "number": 1,
            "criteria": ["1.1"],
            "content": "Rà soát phương hướng, chiến lược phát triển nhà trường",
            "period": {"text": "08 – 11", "kind": "month_range", "start": "2025-08", "end": "2025-11"},
            "responsible": ["Hiệu trưởng"],
            "measures": ["Lập lịch rà soát", "Lấy phiếu góp ý"],
        },
        {
            "number": 2,
            "criteria": ["3.2"],
            "content": "Sửa chữa phòng học điểm trường lẻ",
            "resources": {"budget_vnd": 27499000, "budget_text": "27.499.000"},
        },
        {"number": 3, "criteria": ["4.1"], "content": "Họp cha mẹ học sinh ba lần một năm học"},
    ],
}


def plan(value: dict[str, Any]) -> ImprovementPlan:
    return ImprovementPlan.model_validate(value)


def changed(**changes: Any) -> list[str]:
    """Sentences of the differences after these changes; "actions": a function of the list."""
    value = copy.deepcopy(BASE)
    for name, change in changes.items():
        value[name] = change(value[name]) if callable(change) else change
    return [c.sentence for c in compare(plan(BASE), plan(value))]


def first(**fields: Any):
    return lambda actions: [actions[0] | fields, *actions[1:]]


def test_a_fact_of_the_paper():
    assert changed(school_year="2026-2027") == ["Năm học: “2025-2026” → “2026-2027”."]


def test_a_list_says_what_came_and_what_went():
    assert changed(recipients=["UBND xã", "Phòng VH-XH"]) == ["Nơi nhận: thêm “Phòng VH-XH”; bỏ “Lưu: VT”."]
    assert changed(recipients=["Lưu: VT", "UBND xã"]) == ["Nơi nhận: đổi thứ tự."]


def test_a_field_of_a_row():
    assert changed(actions=first(responsible=["Phó hiệu trưởng"])) == [
        "Mục 1, người phụ trách: thêm “Phó hiệu trưởng”; bỏ “Hiệu trưởng”."
    ]
    assert changed(actions=first(note="Làm sớm")) == ["Mục 1, ghi chú: thêm “Làm sớm”."]


def test_the_words_of_a_period_and_its_dates_are_one_difference():
    period = {"text": "09 – 12", "kind": "month_range", "start": "2025-09", "end": "2025-12"}
    assert changed(actions=first(period=period)) == ["Mục 1, thời gian: “08 – 11” → “09 – 12”."]


def test_the_same_words_with_other_dates_say_the_dates():
    period = BASE["actions"][0]["period"] | {"start": "2026-08", "end": "2026-11"}
    assert changed(actions=first(period=period)) == [
        "Mục 1, thời gian: “08 – 11”, ngày suy ra 08/2025 – 11/2025 → 08/2026 – 11/2026."
    ]


def test_fields_of_newer_files_are_told_by_their_names():
    assert changed(actions=first(carried={"status": "proposed"})) == ["Mục 1, carried: có thay đổi."]
    assert changed(colour="xanh") == ["Colour: thêm “xanh”."]


def test_an_amount_and_its_words_are_one_difference():
    more = {"budget_vnd": 30000000, "budget_text": None}
    sentences = changed(actions=lambda a: [a[0], a[1] | {"resources": more}, a[2]])
    assert sentences == ["Mục 2, kinh phí: “27.499.000” → “30.000.000 đồng”."]


def test_a_row_is_found_again_when_it_was_reworded_and_renumbered():
    new = {"number": 1, "criteria": ["3.2"], "content": "Sửa chữa 04 phòng học ở điểm trường lẻ Nà Lộc"}
    sentences = changed(actions=lambda a: [new, a[2]])
    assert [s.split(":")[0] for s in sentences] == [
        "Mục 1, số thứ tự",
        "Mục 1, nội dung",
        "Mục 1, kinh phí",
        "Bỏ mục 1 (tiêu chí 1.1)",
    ]


def test_rows_added_and_removed_say_what_they_are_about():
    sentences = changed(actions=lambda a: [*a[:2], {"number": 4, "criteria": ["2.2"], "content": "Bồi dưỡng tin học"}])
    assert sentences == [
        "Thêm mục 4 (tiêu chí 2.2): “Bồi dưỡng tin học”.",
        "Bỏ mục 3 (tiêu chí 4.1): “Họp cha mẹ học sinh ba lần một năm học”.",
    ]


def test_one_row_dragged_to_the_top_is_one_move():
    (change,) = compare(plan(BASE), plan(BASE | {"actions": [BASE["actions"][2], *BASE["actions"][:2]]}))
    assert (change.kind, change.before, change.after) == ("moved", 2, 0)
    assert change.sentence == "Mục 3 chuyển từ vị trí 3 sang vị trí 1."


def test_a_row_in_between_moves_nothing():
    new = {"content": "Xây bể nước"}
    kinds = [c.kind for c in compare(plan(BASE), plan(BASE | {"actions": [new, *BASE["actions"]]}))]
    assert kinds == ["added"]


def test_where_a_row_stood_in_its_file_is_no_difference():
    assert changed(actions=first(provenance={"page": 7, "rows": [1, 2]}, alternatives=[{"cells": {"x": "y"}}])) == []


def test_rows_with_ids_are_paired_by_them():
    old = plan({"actions": [{"id": "a", "content": "Một"}, {"id": "b", "content": "Hai"}]})
    new = plan({"actions": [{"id": "b", "content": "Một"}, {"id": "a", "content": "Hai"}]})
    assert [c.kind for c in compare(old, new)] == ["changed", "moved", "changed"]


def test_long_texts_are_cut_at_a_word():
    (sentence,) = changed(actions=first(note="rất dài " * 40))
    assert len(sentence) < 140
    assert sentence.endswith("dài…”.")


def test_a_difference_far_down_a_long_text_is_what_is_quoted():
    long = "Nâng cao hiệu quả hoạt động của hội đồng trường, tăng cường sự tham gia và giám sát của các thành viên"
    old, new = (plan({"actions": [{"number": 1, "content": f"{long} {end}"}]}) for end in ("năm 2025.", "năm 2026."))
    assert [c.sentence for c in compare(old, new)] == [
        "Mục 1, nội dung: “…sát của các thành viên năm 2025.” → “…sát của các thành viên năm 2026.”."
    ]


def test_two_texts_word_by_word():
    said = words_changed("Lập lịch rà soát vào tháng 9", "Lập lịch họp vào tháng 10")
    assert said == [
        ("same", "Lập lịch"),
        ("removed", "rà soát"),
        ("added", "họp"),
        ("same", "vào tháng"),
        ("removed", "9"),
        ("added", "10"),
    ]


def test_a_change_is_plain_json():
    new = plan(BASE | {"actions": BASE["actions"][:1], "carried": {"from": "x"}})
    assert json.dumps([c.to_dict() for c in compare(plan(BASE), new)], ensure_ascii=False)
    assert json.dumps([c.to_dict() for c in compare(new, plan(BASE))], ensure_ascii=False)


@given(plans)
def test_a_plan_and_itself_have_no_difference(value):
    assert compare(value, value) == []
    assert compare(value, parse_plan(value.to_json())) == []


@settings(max_examples=150)
@given(plans, plans)
def test_the_changes_made_in_the_old_plan_give_the_new_one(old, new):
    made = apply_changes(old, compare(old, new))
    assert made.to_dict() == new.to_dict()


@given(plans, plans)
def test_every_difference_has_a_sentence(old, new):
    for change in compare(old, new):
        assert change.sentence.endswith(".")
        assert "None" not in change.sentence
        assert "MISSING" not in change.sentence
