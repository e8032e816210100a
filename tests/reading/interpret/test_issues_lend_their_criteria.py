"""Actions of Biểu 2 have no column of criteria: they take those of their issue when that is sure enough, and it is said."""

from __future__ import annotations

from caitien.plan.model import Action, Issue
from caitien.reading.issues import link_issues

ISSUES = [
    Issue(number=1, criteria=["1.4"], weakness="Công khai kết quả tự đánh giá chưa đúng hạn"),
    Issue(number=2, criteria=["2.2"], weakness="Giáo viên ít dùng công nghệ thông tin"),
    Issue(number=3, criteria=["4.1"], weakness="Phòng thực hành thiếu thiết bị"),
]


def test_same_numbers_and_near_words_link_them() -> None:
    actions = [
        Action(number=1, content="Công khai kết quả tự đánh giá trên trang thông tin"),
        Action(number=2, content="Bồi dưỡng giáo viên về công nghệ thông tin"),
        Action(number=3, content="Trang bị thiết bị phòng thực hành"),
    ]
    (finding,) = link_issues(ISSUES, actions)
    assert [a.criteria for a in actions] == [["1.4"], ["2.2"], ["4.1"]]
    assert (finding.rule, finding.severity) == ("criteria-of-issues", "hint")


def test_same_numbers_with_other_words_link_nothing() -> None:
    actions = [
        Action(number=1, content="Trang bị thiết bị phòng thực hành"),
        Action(number=2, content="Công khai kết quả tự đánh giá đúng hạn"),
        Action(number=3, content="Bồi dưỡng giáo viên về công nghệ thông tin"),
    ]
    assert link_issues(ISSUES, actions) == []
    assert [a.criteria for a in actions] == [[], [], []]


def test_an_issue_that_is_named_counts_whatever_the_numbers() -> None:
    actions = [Action(number=7, content="Mua máy tính (vấn đề số 3)")]
    assert link_issues(ISSUES, actions) == []
    assert actions[0].criteria == ["4.1"]


def test_a_criterion_that_is_printed_stays() -> None:
    actions = [Action(number=n, content=i.weakness, criteria=["3.5"]) for n, i in enumerate(ISSUES, 1)]
    assert link_issues(ISSUES, actions) == []
    assert {tuple(a.criteria) for a in actions} == {("3.5",)}
