"""Cần quyết định: each thing the program did not settle, answered by one click, many at once, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caitien.plan import Action as ActionValue
from caitien.plan import ImprovementPlan
from caitien.reading import read_plan
from caitien.web.plans import deciding
from caitien.web.plans.editing import change, move_action, remove_actions
from caitien.web.plans.models import Plan
from caitien.web.plans.next_year import make, proposed
from caitien.web.plans.values import store

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "th-suoi-lim-2025-2026.docx"


def draft_of(school, user, value: ImprovementPlan) -> Plan:
    """The draft of 2026-2027 out of a plan value."""
    old = store(school, value, user)
    old.school = school
    rows, issues = list(old.actions.all()), list(old.issues.all())
    made = proposed(
        old, rows, issues, to_year="2026-2027", framework="tt57-2026-pho-thong",
        today=timezone.localdate().replace(2026, 9, 1), new_year=None,
    )  # fmt: skip
    return make(old, made, user)


@pytest.fixture
def draft(school, secretary):
    return draft_of(school, secretary, read_plan(SAMPLE).plan)


def invented(*actions: dict) -> ImprovementPlan:
    return ImprovementPlan(
        school_year="2025-2026",
        framework="tt17-2018-tieu-hoc",
        purposes=["Khắc phục điểm yếu trong năm học 2025-2026."],
        legal_bases=[{"kind": "Thông tư", "number": "17/2018/TT-BGDĐT"}],
        actions=[ActionValue.model_validate(action) for action in actions],
    )


def url(plan: Plan) -> str:
    return reverse("plans:decisions", args=[plan.school.slug, plan.pk])


def left(plan: Plan) -> list[dict]:
    plan.refresh_from_db()
    return deciding.open_entries(plan, plan.actions.all(), plan.issues.all())


def entry_of(plan: Plan, what: str) -> dict:
    return next(entry for entry in left(plan) if entry["what"] == what)


def answer(browser, plan: Plan, entry: dict, how: str, **words):
    return browser.post(url(plan), {"key": entry["id"], "how": how, **words})


def undo(browser, plan: Plan) -> None:
    plan.refresh_from_db()
    batch = next(e["settled"]["batch"] for e in plan.to_decide if e["settled"])
    assert browser.post(reverse("plans:undo_all", args=[plan.school.slug, plan.pk, batch])).status_code == 302


def test_the_page_says_how_many_are_left(browser, draft):
    html = browser.get(url(draft)).content.decode()
    assert f"Còn {len(left(draft))} điều cần quyết định." in html
    assert "Tiêu chí theo khung mới" in html


def test_both_sides_of_the_crosswalk_are_shown_with_how_sure_it_is(browser, draft):
    html = browser.get(url(draft) + "?loai=criteria").content.decode()
    assert "Cơ cấu tổ chức, phân công nhiệm vụ và phối hợp nội bộ" in html
    assert "độ khớp" in html
    assert "trung bình" in html


def test_a_proposed_criterion_is_confirmed_and_the_confirmation_taken_back(browser, draft):
    entry = entry_of(draft, "criteria")
    assert answer(browser, draft, entry, "nhan").status_code == 302
    row = draft.actions.get(pk=entry["row"])
    assert row.extra[""]["carried"]["status"] == "confirmed"
    assert entry["id"] not in [e["id"] for e in left(draft)]
    undo(browser, draft)
    assert entry["id"] in [e["id"] for e in left(draft)]


def test_other_criteria_can_be_chosen_and_unknown_ones_are_refused(browser, draft):
    entry = entry_of(draft, "criteria")
    refused = answer(browser, draft, entry, "sua", ma_khac="9.9")
    assert refused.status_code == 422
    assert "không có tiêu chí 9.9" in refused.content.decode()
    answer(browser, draft, entry, "sua", ma=["1.2"], ma_khac="4.1")
    assert draft.actions.get(pk=entry["row"]).criteria == ["1.2", "4.1"]
    undo(browser, draft)
    assert draft.actions.get(pk=entry["row"]).criteria == entry["was"]


def test_all_criteria_are_accepted_at_once_and_undone_at_once(browser, draft):
    before = len(left(draft))
    many = [e for e in left(draft) if e["kind"] == "criteria" and e["value"]]
    browser.post(url(draft), {"how": "nhan-het", "kind": "criteria"})
    assert len(left(draft)) == before - len(many)
    undo(browser, draft)
    assert len(left(draft)) == before


def test_a_proposed_time_is_taken_with_its_dates(browser, draft):
    entry = next(e for e in left(draft) if e["what"] == "period" and e["value"])
    answer(browser, draft, entry, "nhan")
    row = draft.actions.get(pk=entry["row"])
    assert (row.period_text, row.period_start, row.period_end) == ("09/2026 – 05/2027", "2026-09", "2027-05")
    undo(browser, draft)
    assert draft.actions.get(pk=entry["row"]).period_text == "09/2024 – 05/2025"


def test_a_time_is_written_by_hand(browser, draft):
    entry = next(e for e in left(draft) if e["what"] == "period" and not e["value"])
    assert answer(browser, draft, entry, "sua", thoi_gian=" ").status_code == 422
    answer(browser, draft, entry, "sua", thoi_gian="HK II")
    assert draft.actions.get(pk=entry["row"]).period_start == "2027-01-19"


def test_a_finished_thing_of_every_year_is_put_in_with_its_criteria_to_confirm(browser, draft):
    entry = entry_of(draft, "put")
    answer(browser, draft, entry, "nhan")
    row = draft.actions.last()
    assert row.continues.plan_id == draft.continues_id
    assert row.content == entry["value"]["content"]
    assert any(e["row"] == str(row.pk) and e["kind"] == "criteria" for e in left(draft))
    undo(browser, draft)
    assert not draft.actions.filter(pk=row.pk).exists()
    assert not any(e["row"] == str(row.pk) for e in left(draft))


def test_what_was_done_after_all_becomes_a_result_of_last_year(browser, draft):
    entry = entry_of(draft, "row")
    answer(browser, draft, entry, "bo")
    draft.refresh_from_db()
    assert not draft.actions.filter(pk=entry["row"]).exists()
    assert "Kết quả: hoàn thành" in draft.head["prior_results"][-1]["text"]
    lines = len(draft.head["prior_results"])
    undo(browser, draft)
    draft.refresh_from_db()
    assert draft.actions.filter(pk=entry["row"]).exists()
    assert len(draft.head["prior_results"]) == lines - 1


def test_many_rows_without_a_status_are_asked_about_together(browser, school, secretary):
    draft = draft_of(school, secretary, invented(*({"criteria": ["1.1"], "content": f"Việc {n}"} for n in range(5))))
    entry = entry_of(draft, "statuses")
    assert len(entry["rows"]) == 5
    assert answer(browser, draft, entry, "sua").status_code == 422
    answer(browser, draft, entry, "sua", xong=entry["rows"][:2])
    assert [row.content for row in draft.actions.all()] == ["Việc 2", "Việc 3", "Việc 4"]


def test_words_that_name_last_year_are_replaced_in_a_row_and_in_the_head(browser, school, secretary):
    action = {"criteria": ["1.1"], "content": "Họp tháng 10/2025", "measures": ["Trước", "Nộp 12/2025"]}
    draft = draft_of(school, secretary, invented(action))
    for entry in [e for e in left(draft) if e["kind"] == "text"]:
        answer(browser, draft, entry, "nhan")
    row = draft.actions.get()
    assert (row.content, row.measures) == ("Họp tháng 10/2026", ["Trước", "Nộp 12/2026"])
    draft.refresh_from_db()
    assert draft.head["purposes"] == ["Khắc phục điểm yếu trong năm học 2026-2027."]


def test_an_amount_can_be_written_anew_and_nonsense_is_refused(browser, school, secretary):
    action = {"criteria": ["1.1"], "content": "Mua sách", "resources": {"budget_vnd": 5_000_000}}
    draft = draft_of(school, secretary, invented(action))
    entry = entry_of(draft, "budget")
    refused = answer(browser, draft, entry, "sua", kinh_phi="nhiều")
    assert refused.status_code == 422
    assert "“nhiều” chưa đọc ra số tiền" in refused.content.decode()
    answer(browser, draft, entry, "sua", kinh_phi="6,5 triệu")
    assert draft.actions.get().budget_vnd == 6_500_000


def test_people_are_replaced_throughout(browser, draft):
    entry = next(e for e in left(draft) if e["what"] == "people")
    names = draft.actions.first().responsible
    answer(browser, draft, entry, "sua", nguoi=[names[0], "ai đó"], thay_bang=["Lò Văn Mới", ""])
    assert "Lò Văn Mới" in draft.actions.first().responsible
    assert not any(names[0] in row.responsible for row in draft.actions.all())


def test_a_repealed_basis_can_come_back(browser, draft):
    entry = entry_of(draft, "legal_left_out")
    answer(browser, draft, entry, "bo")
    draft.refresh_from_db()
    assert entry["was"] in [basis["number"] for basis in draft.head["legal_bases"]]
    undo(browser, draft)
    draft.refresh_from_db()
    assert entry["was"] not in [basis["number"] for basis in draft.head["legal_bases"]]


def test_an_issue_is_written_or_taken_out(browser, draft):
    entry = entry_of(draft, "issue")
    assert answer(browser, draft, entry, "sua", weakness="").status_code == 422
    answer(browser, draft, entry, "sua", weakness="Họp chưa đủ số lần.")
    assert draft.issues.get(pk=entry["issue"]).weakness == "Họp chưa đủ số lần."
    other = entry_of(draft, "issue")
    answer(browser, draft, other, "bo")
    assert not draft.issues.filter(pk=other["issue"]).exists()


def test_a_decision_stays_true_when_rows_move_and_is_over_when_somebody_wrote_there(draft, secretary):
    entry = next(e for e in left(draft) if e["what"] == "period")
    move_action(draft, draft.actions.get(pk=entry["row"]).pk, after=None, user=secretary)
    assert entry["id"] in [e["id"] for e in left(draft)]
    key = draft.actions.get(pk=entry["row"]).pk
    change(draft.school, key, lambda row: {"period_text": "Tháng 3/2027"}, user=secretary)
    assert entry["id"] not in [e["id"] for e in left(draft)]


def test_a_decision_about_a_row_that_was_taken_away_is_over(draft, secretary):
    entry = next(e for e in left(draft) if e["what"] == "period")
    remove_actions(draft, [entry["row"]], user=secretary)
    assert entry["id"] not in [e["id"] for e in left(draft)]


def test_put_off_it_is_asked_last(browser, draft):
    entry = left(draft)[0]
    answer(browser, draft, entry, "de-sau")
    assert left(draft)[-1]["id"] == entry["id"]


def test_two_people_answer_the_same_and_the_second_changes_nothing(browser, draft):
    entry = entry_of(draft, "legal_left_out")
    answer(browser, draft, entry, "nhan")
    again = browser.post(url(draft), {"key": entry["id"], "how": "bo"}, follow=True)
    assert "đã có người quyết định rồi" in again.content.decode()
    draft.refresh_from_db()
    assert entry["was"] not in [basis["number"] for basis in draft.head["legal_bases"]]


def test_htmx_gets_the_place_of_the_answer_and_the_count(browser, draft):
    entry = entry_of(draft, "criteria")
    before = len(left(draft))
    html = browser.post(
        url(draft), {"key": entry["id"], "how": "nhan"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f'id="qd-{entry["id"]}"' in html
    assert f"Còn {before - 1} điều" in html
    assert "<html" not in html


def test_the_include_is_empty_where_nothing_is_left(draft, plan):
    template = Template("{% include 'plans/_to_decide.html' %}")
    shell = {"school": draft.school}
    assert f"Còn {len(left(draft))} điều" in template.render(Context({"plan": draft, "shell": shell}))
    assert template.render(Context({"plan": plan, "shell": shell})).strip() == ""


def test_a_decision_can_be_written_without_javascript(browser, draft):
    entry = next(e for e in left(draft) if e["what"] == "period")
    html = browser.get(url(draft) + f"?sua={entry['id']}").content.decode()
    assert 'name="thoi_gian"' in html


def test_the_page_asks_the_database_as_often_for_many_decisions(browser, school, secretary):
    found = []
    for count in (3, 40):
        rows = (
            {"criteria": ["1.1"], "content": f"Việc {n}", "period": {"text": "15/10/2024", "kind": "deadline"}}
            for n in range(count)
        )
        draft = draft_of(school, secretary, invented(*rows))
        browser.get(url(draft))
        with CaptureQueriesContext(connection) as queries:
            browser.get(url(draft))
        found.append(len(queries))
    assert found[0] == found[1] <= 12


def test_a_plan_that_waits_for_approval_says_why_nothing_can_be_decided(browser, draft):
    Plan.objects.filter(pk=draft.pk).update(state=Plan.State.SUBMITTED)
    html = browser.get(url(draft)).content.decode()
    assert "đang chờ duyệt nên nội dung không sửa được" in html
    assert "data-agree" not in html
    entry = entry_of(draft, "legal_left_out")
    assert answer(browser, draft, entry, "bo").status_code == 409


def test_the_plan_page_says_it_and_asks_the_database_little_more(browser, draft):
    page = reverse("plans:plan", args=[draft.school.slug, draft.pk])
    assert "điều cần quyết định" in browser.get(page).content.decode()
    with CaptureQueriesContext(connection) as queries:
        browser.get(page)
    assert len(queries) <= 12, [q["sql"][:120] for q in queries.captured_queries]
