"""Somebody, or a program, writes without end: the page of an action stays a page, and nothing is lost."""

from __future__ import annotations

import time

from django.urls import reverse

from caitien.web.plans.action_page import MOST_SAID, comments_of, entries_of
from caitien.web.plans.models import Comment, ProgressEntry, ProgressPhoto


def page(browser, action, query: str = "") -> str:
    keys = {"school": action.school.slug, "plan": action.plan_id, "action": action.pk}
    return browser.get(reverse("plans:action", kwargs=keys) + query).content.decode()


def flood(action, user, many: int) -> None:
    said = [Comment(school=action.school, action=action, author=user, text=f"lời thứ {n}.") for n in range(many)]
    Comment.objects.bulk_create(said, batch_size=2000)
    told = [
        ProgressEntry(
            school=action.school, action=action, author=user, on="2025-11-20", status="done", text=f"báo {n}."
        )
        for n in range(many)
    ]
    ProgressEntry.objects.bulk_create(told, batch_size=2000)


def test_the_page_stays_small_and_quick(browser, plan, secretary):
    action = plan.actions.first()
    flood(action, secretary, 10_000)
    page(browser, action)
    began = time.monotonic()
    shown = page(browser, action)
    assert time.monotonic() - began < 3
    assert len(shown) < 600_000
    assert "lời thứ 9999." in shown
    assert "lời thứ 9899." not in shown
    assert "báo 9999." in shown
    assert "báo 9800." not in shown


def test_earlier_words_are_one_click_away(browser, plan, secretary):
    action = plan.actions.first()
    flood(action, secretary, MOST_SAID + 50)
    shown = page(browser, action)
    assert "?loi-truoc#trao-doi" in shown
    assert "?bao-cao#tien-do" in shown
    assert "lời thứ 0." not in shown
    assert "lời thứ 0." in page(browser, action, "?loi-truoc")
    assert "báo 0." in page(browser, action, "?bao-cao")


def test_few_words_are_all_shown_in_their_order(browser, plan, secretary):
    action = plan.actions.first()
    flood(action, secretary, MOST_SAID)
    said, more = comments_of(action)
    assert [one.text for one in said] == [f"lời thứ {n}." for n in range(MOST_SAID)]
    assert not more
    assert entries_of(action)[1] is False
    assert "?loi-truoc" not in page(browser, action)


def test_a_report_cut_in_its_photographs_is_left_for_the_next_page(plan, secretary):
    action = plan.actions.first()
    flood(action, secretary, MOST_SAID // 2)
    for entry in ProgressEntry.objects.all():
        for _ in range(3):
            ProgressPhoto(
                school=action.school, entry=entry, content="x", content_type="image/jpeg", size=1, sha256="0", width=1, height=1
            ).save()  # fmt: skip
    entries, more = entries_of(action)
    assert more
    assert {len(one.photos) for one in entries} == {3}
    assert len(entries_of(action, all_of_it=True)[0]) == MOST_SAID // 2
