"""Any moment of a plan can be opened, compared, exported and put back; putting it back can be undone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.web.plans.editing import (
    change,
    create_actions,
    move_action,
    remove_actions,
    save_edit,
    set_head,
)
from caitien.web.plans.life import take_step
from caitien.web.plans.models import Action, Plan, PlanEvent
from caitien.web.plans.moments import as_of, moments, name_of_moment, now_of, sittings
from caitien.web.plans.restoring import restore
from caitien.web.plans.states import PlanLocked
from caitien.web.plans.undoing_all import undo_all
from caitien.web.plans.values import store, to_value
from caitien.web.schools.not_now import NotNow
from web.invented import make_user, plan_value
from web.test_queries_are_constant import MOST, count


def page(plan, name: str, *more) -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk, *more])


def fresh(plan) -> Plan:
    return Plan.objects.select_related("school", "year").get(pk=plan.pk)


def edit(action, user, **columns):
    action.refresh_from_db()
    return save_edit(action.school, action.pk, {n: {n: v} for n, v in columns.items()}, base=action, user=user)


def seen(plan) -> str:
    return now_of(fresh(plan)).mark


@pytest.fixture
def before(plan):
    """The moment just after the plan came in."""
    return timezone.now()


@pytest.fixture
def changed(plan, secretary, before):
    """The plan after a day of work: a row changed, one removed, one new, one moved, and the head."""
    first, second, third = plan.actions.all()
    edit(first, secretary, content="Nội dung đã đổi", responsible=["Tổ khối 9"])
    remove_actions(plan, [second.pk], user=secretary)
    create_actions(plan, [{"content": "Mục mới thêm", "criteria": ["2.1"]}], user=secretary)
    move_action(plan, third.pk, after=None, user=secretary)
    set_head(plan.school, plan.pk, {**fresh(plan).head, "purposes": ["Mục đích mới"]}, {}, user=secretary, reason="")
    return fresh(plan)


def test_the_plan_as_it_was(changed, before):
    then = as_of(changed, before)
    assert [row.content for row in then.rows] == ["Rà soát kế hoạch chiến lược", "Học sinh yếu", "Việc thứ 3"]
    assert then.value().purposes == []


def test_before_the_plan_was_there_it_is_not_there(plan):
    assert as_of(plan, plan.created_at - timezone.timedelta(days=1)) is None


def test_the_page_shows_what_is_different_and_the_whole_plan_of_then(browser, changed, before):
    html = browser.get(page(changed, "version", name_of_moment(before))).content.decode()
    for words in ("Học sinh yếu", "Mục mới thêm", "Đưa mục này trở lại", "Bỏ mục này ra", "Mục đích mới", "Tổ khối 9"):
        assert words in html
    assert '<ins class="differs">' in html


def test_two_moments_are_compared_with_each_other(browser, plan, secretary, before):
    action = plan.actions.first()
    edit(action, secretary, note="một")
    middle = timezone.now()
    edit(action, secretary, note="sửa lần nữa")
    response = browser.get(
        page(plan, "version_compare"), {"tu": name_of_moment(middle), "den": name_of_moment(before)}, follow=True
    )
    html = response.content.decode()
    assert response.request["PATH_INFO"] == page(plan, "version", name_of_moment(before))  # the older one first
    assert "một" in html
    assert "sửa lần nữa" not in html


def test_the_list_names_events_and_sittings_with_who_and_how_many(browser, changed, secretary):
    take_step(changed, "submitted", user=secretary, note="Kính trình")
    html = browser.get(page(changed, "versions")).content.decode()
    assert "Trình duyệt" in html
    assert "Kính trình" in html
    assert f"{timezone.localdate():%d/%m/%Y}" in html
    assert re.search(r"Lò Thị Mẩy \(\d+\)", html)


def test_every_change_of_a_sitting_can_be_opened(browser, changed):
    html = browser.get(page(changed, "versions")).content.decode()
    sitting = re.search(r"\?dot=([^#]+)#dot", html)[1]
    shown = browser.get(page(changed, "versions"), {"dot": sitting}).content.decode()
    assert "Mục mới thêm" in shown
    assert "phần đầu kế hoạch" in shown
    assert shown.count("/cac-ban/2") > html.count("/cac-ban/2")


def at(text: str):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_a_long_pause_or_midnight_begins_a_new_sitting():
    lines = [
        (at("2025-10-14T08:00"), 1), (at("2025-10-14T08:15"), 2), (at("2025-10-14T08:30"), 2),
        (at("2025-10-14T09:00"), 1), (at("2025-10-14T23:55"), 1), (at("2025-10-15T00:05"), None),
    ]  # fmt: skip
    found = sittings(lines, {1: "Mẩy", 2: "Chớ"})
    assert [(f"{one.began:%H:%M}", f"{one.at:%H:%M}", one.people) for one in found] == [
        ("08:00", "08:00", [("Mẩy", 1)]),  # the plan came in
        ("08:15", "08:30", [("Chớ", 2)]),
        ("09:00", "09:00", [("Mẩy", 1)]),
        ("23:55", "23:55", [("Mẩy", 1)]),
        ("00:05", "00:05", [(None, 1)]),
    ]
    assert [one.first for one in found] == [True, False, False, False, False]


def test_the_days_of_the_list_are_days_of_the_school(plan):
    Action.history.filter(plan=plan).update(history_date="2025-10-14T18:30:00Z")  # the 15th, 1:30 in Việt Nam
    assert "15/10/2025" in {f"{one.day:%d/%m/%Y}" for one in moments(plan)}


@pytest.mark.parametrize("name", ["khong-phai", "20261332T000000-000000", "19000101T000000-000000"])
def test_a_moment_that_is_none_is_not_found(browser, plan, name):
    assert browser.get(page(plan, "version", name)).status_code == 404


def test_the_version_is_exported(browser, changed, before):
    response = browser.get(page(changed, "version_export", name_of_moment(before), "tt57-bieu-2", "docx"))
    text = zipfile.ZipFile(io.BytesIO(response.content)).read("word/document.xml").decode()
    assert "Học sinh yếu" in text
    assert "Mục mới thêm" not in text
    assert re.search(r"-ban-\d{8}-\d{4}\.docx", response.headers["Content-Disposition"])


def test_the_whole_plan_is_put_back_as_one_batch_that_is_undone(changed, before, secretary):
    was = to_value(changed, ids=True)
    done = restore(changed, before, seen=seen(changed), user=secretary, reported=True)
    assert to_value(fresh(changed), ids=True).to_dict() == as_of(changed, before, read=True).value().to_dict()
    undo_all(fresh(changed), done.batch, user=secretary, reason="Hoàn tác")
    assert to_value(fresh(changed), ids=True).to_dict() == was.to_dict()


def test_putting_back_on_the_page(browser, changed, before):
    html = browser.get(page(changed, "version", name_of_moment(before))).content.decode()
    mark = re.search(r'name="seen" value="(\d+)"', html)[1]
    response = browser.post(page(changed, "version_restore", name_of_moment(before)), {"seen": mark}, follow=True)
    assert "Vừa khôi phục một bản cũ" in response.content.decode()
    assert changed.actions.first().content == "Rà soát kế hoạch chiến lược"
    assert PlanEvent.objects.filter(plan=changed, kind="restored").exists()
    undo = re.search(r'action="([^"]*/cac-ban/hoan-tac/[^"]*)"', response.content.decode())[1]
    browser.post(undo)
    assert "Nội dung đã đổi" in [row.content for row in changed.actions.all()]


def test_what_was_reported_since_stays_unless_it_is_asked_for(plan, before, secretary):
    action = plan.actions.first()
    edit(action, secretary, content="Đổi")
    change(plan.school, action.pk, lambda row: {"progress_status": "done", "result": "Xong"}, user=secretary)
    change(
        plan.school, action.pk, lambda row: {"measures_done": [{"text": "Họp hội đồng trường", "on": None, "by": "Mẩy"}]},
        user=secretary,
    )  # fmt: skip
    restore(fresh(plan), before, seen=seen(plan), user=secretary)
    action.refresh_from_db()
    assert action.content == "Rà soát kế hoạch chiến lược"
    assert (action.progress_status, action.result) == ("done", "Xong")
    assert action.measures_done[0]["text"] == "Họp hội đồng trường"
    restore(fresh(plan), before, seen=seen(plan), user=secretary, reported=True)
    action.refresh_from_db()
    assert (action.progress_status, action.result, action.measures_done) == ("in_progress", None, [])


def test_money_spent_since_is_not_forgotten(plan, before, secretary):
    action = plan.actions.first()
    line = {"amount_vnd": 2_500_000, "source": "Ngân sách", "spent_vnd": 300_000, "note": ""}
    edit(action, secretary, budget_lines=[line])
    restore(fresh(plan), before, seen=seen(plan), user=secretary)
    action.refresh_from_db()
    assert [one["spent_vnd"] for one in action.budget_lines] == [300_000]
    assert action.budget_vnd == 2_500_000


def test_somebody_wrote_since_the_page_was_opened(changed, before, secretary):
    opened = seen(changed)
    edit(changed.actions.first(), secretary, note="vừa viết")
    with pytest.raises(NotNow, match="vừa được sửa thêm"):
        restore(changed, before, seen=opened, user=secretary)
    assert changed.actions.first().note == "vừa viết"


def test_a_plan_that_waits_for_approval_is_not_put_back(changed, before, secretary):
    take_step(changed, "submitted", user=secretary)
    with pytest.raises(PlanLocked):
        restore(fresh(changed), before, seen=seen(changed), user=secretary)


def test_a_frozen_plan_says_why_before_anybody_tries(browser, changed, before):
    Plan.objects.filter(pk=changed.pk).update(state="in_force")
    html = browser.get(page(changed, "version", name_of_moment(before))).content.decode()
    assert "Chưa khôi phục được" in html
    assert "khoi-phuc" not in html


def test_one_field_is_put_back(browser, changed, before):
    action = next(row for row in changed.actions.all() if row.content == "Nội dung đã đổi")
    sent = {"muc": action.pk, "o": "content", "version": action.version}
    browser.post(page(changed, "version_restore", name_of_moment(before)), sent)
    action.refresh_from_db()
    assert action.content == "Rà soát kế hoạch chiến lược"
    assert action.responsible == ["Tổ khối 9"]


def test_one_action_is_put_back_and_a_removed_one_returns(browser, changed, before):
    gone = Action.everything.get(plan=changed, removed_at__isnull=False)
    url = page(changed, "version_restore", name_of_moment(before))
    browser.post(url, {"muc": gone.pk})
    assert gone.pk in {row.pk for row in changed.actions.all()}
    action = next(row for row in changed.actions.all() if row.content == "Nội dung đã đổi")
    browser.post(url, {"muc": action.pk, "version": action.version})
    action.refresh_from_db()
    assert (action.content, action.responsible) == ("Rà soát kế hoạch chiến lược", ["Lò Thị Mẩy (Hiệu trưởng)"])


def test_a_field_that_another_wrote_since_is_shown_not_overwritten(browser, changed, before, school):
    action = next(row for row in changed.actions.all() if row.content == "Nội dung đã đổi")
    version = action.version
    edit(action, make_user("pho", "Mùa A Sình", school, "vice_chair"), content="Phó vừa sửa")
    response = browser.post(
        page(changed, "version_restore", name_of_moment(before)), {"muc": action.pk, "o": "content", "version": version}
    )
    assert response.status_code == 409
    assert "Phó vừa sửa" in response.content.decode()


def test_a_row_numbered_anew_still_tells_the_order_of_every_day(plan, secretary):
    """Rows put one after another into one place use up the room; the order of before is told all the same."""
    first = plan.actions.first()
    at, orders = [], []
    for number in range(14):
        create_actions(plan, [{"content": f"chèn {number}"}], after=first, user=secretary)
        at.append(timezone.now())
        orders.append([row.pk for row in plan.actions.all()])
    assert [[row.pk for row in as_of(plan, one).rows] for one in at] == orders


def test_pages_ask_a_constant_number_of_times(browser, school, secretary):
    found = []
    for rows in (5, 60):
        plan = store(school, plan_value(rows), secretary)
        moment = timezone.now()
        for action in plan.actions.all():
            edit(action, secretary, note="x")
        found.append(
            [count(browser, page(plan, "versions")), count(browser, page(plan, "version", name_of_moment(moment)))]
        )
    assert found[0] == found[1]
    assert max(found[1]) <= MOST


ops = st.lists(
    st.tuples(
        st.sampled_from(["edit", "remove", "create", "move", "tick", "head", "restore", "undo"]), st.integers(0, 9)
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ops)
def test_every_recorded_moment_is_what_the_plan_value_was_then(school, secretary, ops):
    plan = store(school, plan_value(4), secretary)
    recorded: list[tuple] = []
    batches: list = []

    def record():
        recorded.append((timezone.now(), to_value(fresh(plan), ids=True).to_dict()))

    record()
    for number, (what, which) in enumerate(ops):
        rows = list(plan.actions.all())
        row = rows[which % len(rows)] if rows else None
        if what == "create" or row is None:
            create_actions(plan, [{"content": f"mới {number}"}], after=row, user=secretary)
        elif what == "edit":
            edit(row, secretary, content=f"lời {number}", criteria=[f"{which % 5 + 1}.1"])
        elif what == "remove":
            remove_actions(plan, [row.pk], user=secretary)
        elif what == "move":
            move_action(plan, row.pk, after=rows[(which + 1) % len(rows)].pk if which % 2 else None, user=secretary)
        elif what == "tick":
            done = [{"text": f"việc {number}", "on": None, "by": None}]
            change(
                school, row.pk, lambda one, done=done: {"measures_done": [*one.measures_done, *done]}, user=secretary
            )
        elif what == "head":
            head = {**fresh(plan).head, "purposes": [f"mục đích {number}"]}
            set_head(school, plan.pk, head, {}, user=secretary, reason="")
        elif what == "restore":
            at, value = recorded[which % len(recorded)]
            done = restore(fresh(plan), at, seen=seen(plan), user=secretary, reported=True)
            batches.append(done.batch)
            assert to_value(fresh(plan), ids=True).to_dict()["actions"] == value["actions"]
        elif batches:
            undo_all(fresh(plan), batches[which % len(batches)], user=secretary, reason="")
        record()
    for at, value in recorded:
        assert as_of(fresh(plan), at, read=True).value().to_dict() == value
