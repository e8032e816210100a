"""Columns, filters and order of the plan's table stand in its address, and mean the same to every reader."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.plan import BudgetLine, EvidenceAtHand
from caitien.web.plans.overview import Choice, Row, chosen, code_key, counts
from caitien.web.plans.table_columns import COLUMNS, chosen_columns, in_order, read_order
from caitien.web.plans.values import store
from web.invented import make_user, plan_value


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """The pages think that today is 20/11/2025."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 20))


def page(browser, plan, **asked) -> str:
    response = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk]), asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def names(html: str) -> list[str]:
    """What the rows are called, in the order of the page."""
    return re.findall(r'class="row-link w" href="[^"]*">([^<]*)</a>', html)


def heads(html: str) -> list[str]:
    return re.findall(r'data-c="(\w+)"', html)


# --- filters
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"muc": "overdue"}, ["Rà soát kế hoạch chiến lược"]),
        ({"muc": "done"}, ["Việc thứ 3"]),
        ({"muc": "unknown"}, ["Học sinh yếu"]),
        ({"tc": "1.1"}, ["Rà soát kế hoạch chiến lược"]),
        ({"tc": "M4.2"}, ["Học sinh yếu"]),
        ({"tc": "5"}, ["Học sinh yếu"]),
        ({"nguon": "Ngân sách"}, ["Rà soát kế hoạch chiến lược", "Việc thứ 3"]),
        ({"loc": "evidenceless"}, ["Việc thứ 3", "Học sinh yếu"]),
        ({"loc": "moneyless"}, ["Học sinh yếu"]),
        ({"nguon": "Ngân sách", "muc": "done", "tim": "viec thu"}, ["Việc thứ 3"]),
        ({"nguoi": "Không Ai"}, []),
    ],
)
def test_every_filter_shows_what_fits(browser, plan, asked, shown):
    assert names(page(browser, plan, **asked)) == shown


def test_what_was_chosen_stays_in_the_form_even_when_nothing_fits(browser, plan):
    html = page(browser, plan, nguoi="Người Đã Đi", nguon="Quỹ cũ", tc="9.9")
    for words in ("Người Đã Đi", "Quỹ cũ"):
        assert f"<option selected>{words}</option>" in html
    assert '<option value="9.9" selected>9.9</option>' in html
    assert "Không có mục nào hợp với bộ lọc" in html


def test_a_source_that_only_a_budget_line_names_is_found(browser, school, secretary):
    value = plan_value(2)
    value.actions[1].resources.lines = [BudgetLine(amount_vnd=5, source="Hội cha mẹ học sinh", spent_vnd=3)]
    assert names(page(browser, store(school, value, secretary), nguon="Hội cha mẹ học sinh")) == ["Học sinh yếu"]


def test_evidence_at_hand_is_evidence(browser, school, secretary):
    value = plan_value(2)
    value.actions[1].evidence_at_hand = [EvidenceAtHand(text="Sổ theo dõi")]
    assert names(page(browser, store(school, value, secretary), loc="evidenceless")) == []


def test_a_choice_is_read_from_an_address_and_said_as_one():
    asked = QueryDict("tim=ph%C3%B2ng&loc=soon&nguoi=A&tc=1.2&nguon=B&muc=done&xep=han")
    choice = Choice.from_query(asked)
    assert choice == Choice("phòng", "soon", "A", "1.2", "B", "done")
    assert Choice.from_query(QueryDict(urlencode(choice.query()))) == choice


@pytest.mark.parametrize("asked", ["loc=xxx", "muc=%00", "tim=%20%20", "", "loc=__class__"])
def test_what_is_no_filter_filters_nothing(asked):
    assert not Choice.from_query(QueryDict(asked))


def test_the_counts_at_the_top_are_each_one_click(browser, plan):
    html = page(browser, plan)
    for name, words in (
        ("overdue", "quá hạn"),
        ("soon", "đến hạn trong 14 ngày"),
        ("ownerless", "chưa có người phụ trách"),
        ("evidenceless", "chưa nêu minh chứng"),
        ("moneyless", "chưa rõ kinh phí"),
    ):
        assert re.search(rf'href="[^"]*\?loc={name}">.{{0,120}}<b>\d+</b> {words}', html), name


# --- columns
def test_columns_of_the_address_are_shown_in_the_order_of_the_table(browser, plan):
    assert heads(page(browser, plan, cot="ghichu,ma,khong-co")) == ["ma", "noidung", "ghichu"]


def test_several_cot_are_one_choice(browser, plan):
    url = reverse("plans:plan", args=[plan.school.slug, plan.pk]) + "?cot=ma&cot=hanche"
    assert heads(browser.get(url).content.decode()) == ["ma", "noidung", "hanche"]


def test_chosen_columns_are_remembered_and_stand_in_an_address_that_can_be_sent(browser, plan, school):
    url = reverse("plans:columns", args=[school.slug, plan.pk])
    response = browser.post(url, {"cot": ["ma", "ghichu"], "asked": "loc=done&cot=han&xep=-han"})
    assert response["Location"].endswith("?loc=done&xep=-han&cot=ma,ghichu")
    assert heads(page(browser, plan)) == ["ma", "noidung", "ghichu"]
    assert heads(page(browser, plan, cot="han")) == ["noidung", "han"]  # a colleague's address wins for once
    colleague = Client()
    colleague.force_login(make_user("khac", "", school, "chair"))
    assert heads(page(colleague, plan)) != ["ma", "noidung", "ghichu"]
    browser.post(url, {})
    assert "nguoi" in heads(page(browser, plan))


def test_every_column_can_be_shown_and_sorted_by(browser, plan):
    for key in COLUMNS:
        assert set(heads(page(browser, plan, cot=key))) == {key, "noidung"}
        assert sorted(names(page(browser, plan, xep=key))) == sorted(names(page(browser, plan, xep=f"-{key}")))
        assert len(names(page(browser, plan, xep=key))) == 3


def test_a_remembered_choice_that_is_nonsense_is_none():
    actions = [SimpleNamespace(budget_vnd=1, budget_text=None, expected_evidence=["x"], evidence_at_hand=[])]
    usual = [column.key for column in chosen_columns([], "", actions, edits=False)]
    assert [column.key for column in chosen_columns([""], "abc,,<x>", actions, edits=False)] == usual


# --- order
def row(**columns) -> Row:
    said = ("content", "ends_on", "starts_on", "progress_status", "progress_percent", "budget_vnd", "budget_text")
    lists = ("criteria", "responsible", "budget_lines", "expected_evidence", "evidence_at_hand")
    blank = {**dict.fromkeys(said), **{name: [] for name in lists}, "standard": ""}
    action = SimpleNamespace(**blank | columns)
    return Row(action, action.progress_status, False, False)


@pytest.mark.parametrize(
    ("key", "column", "values", "ordered"),
    [
        ("noidung", "content", ["Ôn tập", "An toàn", "Ăn trưa", "Đọc sách", "Dạy học"],
         ["An toàn", "Ăn trưa", "Dạy học", "Đọc sách", "Ôn tập"]),
        ("ma", "criteria", [["2.1"], ["1.10"], ["M4.1"], ["1.2"]], [["1.2"], ["1.10"], ["2.1"], ["M4.1"]]),
        ("kinhphi", "budget_vnd", [3, 20, 0], [0, 3, 20]),
        ("han", "ends_on", [date(2026, 1, 2), date(2025, 12, 30)], [date(2025, 12, 30), date(2026, 1, 2)]),
        ("mucdo", "progress_status", ["done", "in_progress"], ["in_progress", "done"]),
    ],
)  # fmt: skip
def test_rows_sort_as_people_expect(key, column, values, ordered):
    rows = [row(**{column: value}) for value in values]
    assert [getattr(one.action, column) for one in in_order(rows, read_order(key))] == ordered
    assert [getattr(one.action, column) for one in in_order(rows, read_order(f"-{key}"))] == ordered[::-1]


@pytest.mark.parametrize("asked", ["kinhphi", "-kinhphi"])
def test_what_says_nothing_stands_at_the_end_either_way(asked):
    rows = [row(), row(budget_vnd=1), row(), row(budget_vnd=2)]
    assert [one.action.budget_vnd for one in in_order(rows, read_order(asked))][2:] == [None, None]


@pytest.mark.parametrize("asked", ["", "xyz", "--han", "-"])
def test_an_order_that_is_none_is_the_plans_own(asked):
    rows = [row(content="b"), row(content="a")]
    assert in_order(rows, read_order(asked)) == rows


def test_a_sorted_table_has_no_bands_and_says_how_it_is_sorted(browser, plan):
    html = page(browser, plan, xep="-han")
    assert "Tiêu chuẩn 1." not in html.split('id="bang"')[1]
    assert 'aria-sort="descending"' in html
    assert "Xếp theo cột “Thời gian, hạn”" in html
    assert "Tiêu chuẩn 1." in page(browser, plan).split('id="bang"')[1]


def test_codes_sort_as_numbers():
    assert sorted(["1.10", "M4.1", "2.1", "1.2", "abc"], key=code_key) == ["1.2", "1.10", "2.1", "M4.1", "abc"]


# --- totals
def test_money_planned_and_spent_of_what_is_shown_is_added(browser, school, secretary):
    value = plan_value(3)
    value.actions[0].resources.lines = [BudgetLine(amount_vnd=2_500_000, source="Ngân sách", spent_vnd=1_200_000)]
    plan = store(school, value, secretary)
    foot = page(browser, plan, cot="noidung,kinhphi,dachi").split("<tfoot>")[1]
    assert "3.500.000" in foot
    assert "1.200.000" in foot
    assert "Cộng 3 mục" in foot
    foot = page(browser, plan, cot="noidung,kinhphi,dachi", tc="1.1").split("<tfoot>")[1]
    assert "2.500.000" in foot
    assert "Cộng 1 mục" in foot


def test_nothing_known_is_not_zero():
    assert counts([row()]).budget_vnd is None
    assert counts([row(budget_vnd=0)]).budget_vnd == 0


def test_criterion_of_a_standard_fits_its_actions_only():
    rows = [row(criteria=["1.2"], standard="1"), row(criteria=["10.2"], standard="10")]
    assert [one.action.standard for one in chosen(rows, Choice(criterion="1"))] == ["1"]
