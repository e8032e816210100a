"""A council is checked condition by condition, and the fault names what is wrong."""

from __future__ import annotations

import pytest

from caitien.assessment.council import CHECKS, conditions
from caitien.assessment.model import Council, CouncilMember, WorkingGroup
from caitien.plan import DocumentInfo

TT57, TT17 = "tt57-2026-pho-thong", "tt17-2018-tieu-hoc"
ROLES = ("chair", "secretary", "member", "member", "member")


def council(roles=ROLES, **more) -> Council:
    names = ("Lò Thị Mẩy", "Vi Văn Sáng", "Nông Thị Lụa", "Cầm Bá Thước", "Quàng Thị Én", "Hà Văn Tâm", "Mùa A Lử")
    members = [
        CouncilMember(name=name, role=role, tasks=["Viết báo cáo"]) for name, role in zip(names, roles, strict=False)
    ]
    decision = DocumentInfo(number="12/QĐ-THSL", date="2026-09-10")
    return Council(**({"members": members, "decision": decision} | more))


def faults(found: Council, framework=TT57, criteria=()) -> dict[str, str]:
    return {c.id: c.fault for c in conditions(found, framework, criteria) if c.fault}


def test_a_good_council_has_no_fault():
    assert faults(council()) == {}


def test_every_check_is_asked_and_each_says_its_rule_and_source():
    found = conditions(council(), TT57)
    assert {c.id for c in found} == set(CHECKS)
    assert all(c.rule and c.source for c in found)
    assert next(c for c in found if c.id == "size").source == "Thông tư 57/2026/TT-BGDĐT, Điều 9, khoản 1"


def test_a_small_even_council_is_told_both():
    found = faults(council(("chair", "secretary", "member", "member")))
    assert found == {
        "size": "Hội đồng có 4 thành viên, còn thiếu 1 người.",
        "odd": "Hội đồng có 4 thành viên, là số chẵn: hãy thêm hoặc bớt một người.",
    }


def test_the_old_rule_wanted_seven():
    assert "size" in faults(council(), TT17)
    assert "size" not in faults(council((*ROLES, "member", "member")), TT17)


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (("member", "secretary", "member", "member", "member"), "Chưa có chủ tịch."),
        (("chair", "chair", "secretary", "member", "member"), "Có 2 chủ tịch: Lò Thị Mẩy, Vi Văn Sáng; chỉ được một."),
    ],
)
def test_there_is_exactly_one_chair(roles, sentence):
    assert faults(council(roles))["one_chair"] == sentence


def test_who_has_nothing_to_do_is_named():
    found = council()
    found.members[2].tasks = [" "]
    assert faults(found) == {"everyone_has_a_task": "Chưa được giao việc: Nông Thị Lụa."}


def test_a_part_in_a_group_is_a_task():
    found = council()
    found.members[2].tasks = []
    found.groups = [WorkingGroup(name="Nhóm 1", leader="nông thị  lụa", members=[])]
    assert faults(found) == {}


def test_a_name_written_twice_is_told():
    found = council()
    found.members[4].name = "lò  thị mẩy"
    assert faults(found)["named_once"] == "Ghi hai lần trong danh sách: Lò Thị Mẩy, lò  thị mẩy."


def test_a_criterion_without_a_writer_is_told():
    found = council(groups=[WorkingGroup(name="Nhóm 1", criteria=["1.1"])])
    assert faults(found, criteria=["1.1", "1.2"]) == {
        "every_criterion_has_a_writer": "Chưa có nhóm nào viết tiêu chí: 1.2."
    }


def test_a_decision_without_number_and_day_is_told():
    found = council(decision=DocumentInfo())
    assert faults(found) == {"decided": "Quyết định thành lập hội đồng chưa có số và ngày."}


def test_a_framework_of_no_known_family_asks_nothing():
    assert conditions(Council(), "so-rieng") == ()


def test_an_empty_council_is_told_what_is_missing_and_nothing_about_members_it_has_not() -> None:
    found = {one.id: one.fault for one in conditions(Council(), TT57, ["1.1"])}
    assert not {"odd", "everyone_has_a_task", "named_once"} & set(found)
    assert found["size"] == "Hội đồng có 0 thành viên, còn thiếu 5 người."
    assert found["one_chair"] == "Chưa có chủ tịch."
