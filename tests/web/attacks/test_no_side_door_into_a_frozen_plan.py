"""A plan that waits, is in force or is closed: every address below it is asked to change its content; nothing changes.

What the doors are is found by walking the addresses, so that a new one is asked too.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.web.plans.editing import create_actions, new_batch, remove_actions, save_edit
from caitien.web.plans.issue_editing import create_issues
from caitien.web.plans.models import Action, Amendment, DismissedFinding, Issue, Plan
from caitien.web.plans.moments import name_of_moment, now_of
from caitien.web.plans.states import NO_CONTENT, REPORTED, REPORTED_WITHIN
from caitien.web.plans.values import store
from web.invented import make_school, make_user, plan_value
from web.test_who_may_do_what import OF_A_SCHOOL, address, said_of

OWN = {"version", "changed_at"}  # of the row, not of the plan


def content_of(plan: Plan) -> dict[str, Any]:
    """Everything that was approved: rows, issues, head."""
    found: dict[str, Any] = {}
    for model in (Action, Issue):
        for row in model.everything.filter(plan=plan):
            columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            for name, part in REPORTED_WITHIN.items():
                columns[name] = [{k: v for k, v in one.items() if k != part} for one in columns.get(name) or []]
            left = OWN | NO_CONTENT | REPORTED if model is Action else OWN | NO_CONTENT
            found[f"{model.__name__} {row.pk}"] = {k: v for k, v in columns.items() if k not in left}
    plan = Plan.objects.get(pk=plan.pk)
    return found | {"title": plan.title, "framework": plan.framework, "head": plan.head, "year": plan.year_id}


@pytest.fixture
def lived(db):
    """A plan in which much has happened: edits, a batch, a row taken out, an issue, something to decide."""
    school = make_school("th-a", "Trường A")
    chair = make_user("hieu-truong", "Nông Thị Mơ", school, "chair")
    plan = store(school, plan_value(4), chair)
    first, second, third, _ = plan.actions.all()
    began = name_of_moment(timezone.now())
    batch = new_batch()
    for row, words in ((first, "Đã sửa một"), (second, "Đã sửa hai")):
        edit = save_edit(school, row.pk, {"content": {"content": words}}, base=row, user=chair, batch=batch)
    create_actions(plan, [{"content": "Thêm sau"}], user=chair, batch=(added := new_batch()))
    remove_actions(plan, [third.pk], user=chair, batch=(removed := new_batch()))
    issue = create_issues(plan, [{"weakness": "Thiếu sách", "criteria": ["1.1"]}], user=chair)[0]
    ask = {
        "kind": "text",
        "what": "words",
        "row": str(first.pk),
        "issue": None,
        "field": "content",
        "sentence": "Sửa?",
    }
    drop = {"kind": "status", "what": "row", "row": str(second.pk), "issue": None, "field": None, "sentence": "Xong?"}
    left = {"settled": None, "later": False}
    to_decide = [
        {"id": "1", "value": "Chữ mới", "was": "Đã sửa một", **ask, **left},
        {"id": "2", "value": None, "was": None, **drop, **left},
    ]
    Plan.objects.filter(pk=plan.pk).update(to_decide=to_decide)
    plan.refresh_from_db()
    dismissed = DismissedFinding.objects.create(
        school=school, plan=plan, rule="x", fingerprint="f", message="m", reason="r"
    )
    ended = Amendment.objects.create(
        school=school, plan=plan, number=1, reason="r", opened_at=timezone.now(), closed_at=timezone.now()
    )
    row = {
        "plan": plan.pk,
        "action": first.pk,
        "issue": issue.pk,
        "dismissal": dismissed.pk,
        "amendment": ended.pk,
        "record": edit.record,
        "moment": began,
        **said_of(first),
    }
    return (
        school,
        chair,
        plan,
        row,
        {"batch": batch, "added": added, "removed": removed, "second": second.pk, "third": third.pk},
    )


def bodies(plan: Plan, row: dict[str, Any], more: dict[str, UUID]) -> list[dict[str, Any]]:
    """What is sent to every address: one body after the other, each with the words that some door understands."""
    action = str(row["action"])
    mark = now_of(plan).mark
    return [
        {"content": "LÉN", "weakness": "LÉN", "criteria": "5.5", "responsible": "LÉN", "period": "LÉN", "budget": "9 triệu",
         "measures": "LÉN", "title": "LÉN", "purposes": "LÉN", "cach": "giu", "version": "99", "dong": "LÉN", "label": "LÉN"},
        {"content": "LÉN", "version": str(Action.everything.get(pk=row["action"]).version)},
        {"viec": "sua", "chon": [action, str(more["second"])], "truong": "responsible", "chu": "LÉN", "cach": "thay"},
        {"viec": "bo", "chon": [action]},
        {"viec": "dua-vao", "text": "Nội dung\tNgười phụ trách\nLÉN\tLÉN", "html": "", "dong": "1", "lay": "1"},
        {"seen": mark, "reported": "on"},
        {"muc": action, "o": "content", "version": "99"},
        {"muc": str(more["third"])},
        {"key": "1", "how": "nhan"},
        {"key": "1", "how": "sua", "chu": "LÉN"},
        {"key": "2", "how": "bo"},
        {"kind": "text", "how": "nhan-het"},
        {"do": "propose"},
        {"do": "remove", "issue": str(row["issue"])},
        {"do": "action", "issue": str(row["issue"])},
        {"so-dong": "1", "of-0": "", "amount-0": "9.000.000", "source-0": "LÉN", "note-0": "LÉN", "version": "99"},
        {"baseline-0": "LÉN", "target-0": "LÉN", "unit-0": "LÉN", "version": "99"},
        {"reason": "LÉN"},
    ]  # fmt: skip


JSONS = ({"cells": [{"field": "content", "words": "LÉN"}]}, {"key": "01900000-0000-7000-8000-00000000aaaa"})


def send(browser: Client, url: str, body: dict[str, Any], row: dict[str, Any]) -> Any:
    if body not in JSONS:
        return browser.post(url, body)
    text = json.dumps(body).replace('{"field"', f'{{"action": "{row["action"]}", "field"')
    return browser.post(url, text, content_type="application/json")


@pytest.mark.parametrize("state", ["in_force", "closed"])
def test_nothing_below_a_frozen_plan_changes_its_content(lived, state):
    school, chair, plan, row, more = lived
    browser = Client(raise_request_exception=False)
    browser.force_login(chair)
    Plan.objects.filter(pk=plan.pk).update(state=state)
    plan.refresh_from_db()
    before = content_of(plan)
    asked = 0
    for name, route, _view in OF_A_SCHOOL:
        if "<uuid:plan>" not in route or ":step_" in name or name == "plans:amendments":
            continue  # the doors that open a plan are tested where they stand
        for batch in (more["batch"], more["added"], more["removed"]) if "<uuid:batch>" in route else (more["batch"],):
            for part in ("chung", "can-cu") if "<slug:part>" in route else ("",):
                for field in ("content", "measures") if "<slug:field>" in route else ("",):
                    url = address(name, route, school, {**row, "batch": batch} | ({"part": part} if part else {}) | ({"field": field} if field else {}))  # fmt: skip
                    for body in [*bodies(plan, row, more), *JSONS][: 1 if "<uuid:batch>" in route else None]:
                        got = send(browser, url, body, row)
                        assert got.status_code < 500, f"{name} {body}"
                        if got.status_code == 405:
                            break
                        asked += 1
                    assert content_of(plan) == before, f"{name} {field}{part}"
    assert asked > 300


def test_the_same_requests_do_change_a_draft(lived):
    """So that the test above cannot pass by asking nothing."""
    school, chair, plan, row, more = lived
    browser = Client()
    browser.force_login(chair)
    doors = {
        "plans:action_edit", "plans:action_field", "plans:bulk", "plans:paste", "plans:cells", "plans:undo", "plans:undo_batch",
        "plans:undo_all", "plans:version_undo", "plans:version_restore", "plans:decisions", "plans:head_part", "plans:issues",
        "plans:issue_add", "plans:issue_edit", "plans:budget_lines", "plans:add_line", "plans:duplicate", "plans:remove",
        "plans:add", "plans:action_new",
    }  # fmt: skip
    opened = set()
    from django.db import transaction

    for name, route, _view in OF_A_SCHOOL:
        if name not in doors:
            continue
        before = content_of(plan)
        url = address(name, route, school, {**row, "batch": more["batch"], "part": "chung", "field": "measures" if name.endswith("add_line") else "content"})  # fmt: skip
        for body in [*bodies(plan, row, more), *JSONS]:
            with transaction.atomic():
                send(browser, url, body, row)
                if content_of(plan) != before:
                    opened.add(name)
                transaction.set_rollback(True)
            if name in opened:
                break
    assert doors - opened == set()


def test_a_plan_of_another_school_is_no_way_round(lived, other_school):
    """Keys of a plan that may be written, in the address of one that may not: not found."""
    school, chair, plan, row, more = lived
    draft = store(school, plan_value(2), chair)
    Plan.objects.filter(pk=plan.pk).update(state="in_force")
    before = content_of(plan)
    browser = Client()
    browser.force_login(chair)
    for name in ("action_edit", "remove", "duplicate", "budget_lines", "links"):
        url = reverse(f"plans:{name}", kwargs={"school": school.slug, "plan": draft.pk, "action": row["action"]})
        assert browser.post(url, {"content": "LÉN"}).status_code == 404
    for name in ("undo_batch", "undo_all", "version_undo"):
        url = reverse(f"plans:{name}", kwargs={"school": school.slug, "plan": draft.pk, "batch": more["batch"]})
        assert browser.post(url).status_code == 404
    url = reverse("plans:undo", kwargs={"school": school.slug, "plan": draft.pk, "record": row["record"]})
    assert browser.post(url).status_code == 404
    assert content_of(plan) == before
