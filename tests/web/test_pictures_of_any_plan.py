"""Pictures of a plan hold together whatever its rows say: no amount, huge ones, amounts below zero, names of any length."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.web.plans.models import Action
from caitien.web.plans.overview import rows_of
from caitien.web.plans.school_months import loads, months_of
from caitien.web.plans.situations import pictures
from drawing.svg import outside, overlapping, parsed

TODAY = date(2025, 11, 20)
AMOUNTS = st.one_of(st.none(), st.just(0), st.integers(-(10**9), 10**12), st.integers(-(2**63), 2**63 - 1))
NAMES = st.one_of(
    st.none(), st.text(max_size=200), st.sampled_from(["Ngân sách nhà nước", "Xã hội hóa", "ơ" * 300, "<b>&</b>"])
)
LINES = st.lists(st.fixed_dictionaries({"amount_vnd": AMOUNTS, "spent_vnd": AMOUNTS, "source": NAMES}), max_size=3)
ROWS = st.builds(
    lambda lines, budget, status, standard, end: Action(
        budget_lines=lines, budget_vnd=budget, progress_status=status, standard=standard, ends_on=end
    ),
    LINES,
    AMOUNTS,
    st.sampled_from([None, "done", "overdue", "dropped", "in_progress", "not_started"]),
    st.sampled_from(["", "1", "2", "M4", "99", "<x>"]),
    st.none() | st.dates(date(2025, 8, 1), date(2026, 7, 31)),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, max_size=12))
def test_pictures_hold_together(actions):
    rows = rows_of(actions, TODAY)
    titles = {
        "1": "Tổ chức và quản lý nhà trường",
        "2": "Một tiêu chuẩn có tên dài đến mức không thể đứng trên một dòng nào",
    }
    for picture in pictures(rows, titles, loads(rows, months_of((2025, 2026))), TODAY):
        assert picture.answer
        for svg in (picture.wide, picture.narrow, picture.alone):
            root = parsed(svg)
            assert outside(root) == []
            assert overlapping(root) == []
        assert len({len(cells) for _name, cells in picture.table.rows} | {len(picture.table.heads) - 1}) == 1


@settings(deadline=None, max_examples=30)
@given(st.lists(ROWS, max_size=12))
def test_the_numbers_beneath_a_picture_add_up(actions):
    rows = rows_of(actions, TODAY)
    by_standard = pictures(rows, {}, loads(rows, months_of((2025, 2026))), TODAY)[0].table.rows
    *parts, (_name, whole) = [(name, [int(cell.replace(".", "")) for cell in cells]) for name, cells in by_standard]
    assert whole == [sum(column) for column in zip(*(cells for _name, cells in parts), strict=True)] or not parts
    assert whole[-1] == len(actions)
