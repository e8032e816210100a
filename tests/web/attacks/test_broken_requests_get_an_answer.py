"""Numbers that are none, halves of letters, JSON of another shape: answered, stored nowhere, and nothing stops working."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from caitien.web.plans.fields import NotADay, iso_day
from caitien.web.sent import storable, whole

NO_NUMBERS = ["²", "-1", "9" * 5000, "1e9", "x", "", "½"]


def at(plan, name: str, **more) -> str:
    return reverse(f"plans:{name}", kwargs={"school": plan.school.slug, "plan": plan.pk, **more})


@pytest.fixture
def strict(browser):
    """A browser that is shown the page of a fault, as in use."""
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_a_number_that_is_none_is_the_usual_one(sent):
    assert whole(sent, 7) == 7
    assert whole("012", 7) == 12
    assert whole(None, 7) == 7


def test_half_a_letter_is_not_stored():
    assert storable("a\0b\ud83d") == "ab?"
    assert storable("Mẩy 💥") == "Mẩy 💥"


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_a_version_that_is_no_number_is_no_fault(strict, plan, sent):
    action = plan.actions.first()
    for name, more, words in (
        ("action_edit", {"action": action.pk}, {"content": "Mới"}),
        ("action_field", {"action": action.pk, "field": "content"}, {"content": "Mới hơn"}),
        ("budget_lines", {"action": action.pk}, {"so-dong": sent, "dong-y": sent, "of-0": sent}),
        ("indicator_values", {"action": action.pk}, {}),
        ("head_part", {"part": "can-cu"}, {"legal_bases-rows": sent, "bo": f"legal_bases:{sent}"}),
        ("head_part", {"part": "can-cu"}, {"legal_bases-rows": "1", "legal_bases-0-at": sent, "legal_bases-0-subject": "x"}),
        ("apply_fix", {}, {"fix": sent, "mark": "x"}),
    ):  # fmt: skip
        answer = strict.post(at(plan, name, **more), {"version": sent, **words})
        assert answer.status_code < 500, f"{name}: {sent[:10]}"


@pytest.mark.parametrize("words", ["²/10/2025", "٣٣/10/2025", "99999999999999999999/1/1", "1/1/" + "9" * 5000])
def test_a_day_that_is_none_is_said(words):
    with pytest.raises(NotADay):
        iso_day(words)


def test_a_code_with_a_raised_figure_does_not_take_the_plan_away(strict, plan):
    action = plan.actions.first()
    action.criteria, action.standard = ["1.²"], "1"
    action.save()
    assert strict.get(at(plan, "plan")).status_code == 200


@pytest.mark.parametrize("words", ["nửa chữ \ud83d", "\udc00", "a\0b"])
@pytest.mark.parametrize("field", ["content", "measures", "responsible", "period", "budget", "criteria"])
def test_an_emoji_cut_in_two_does_not_stop_the_grid(strict, plan, words, field):
    """A cell that is answered with a fault is sent again for ever, and every cell behind it waits."""
    action = plan.actions.first()
    body = {"cells": [{"action": str(action.pk), "field": field, "words": words, "version": action.version}]}
    answer = strict.post(at(plan, "cells"), json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["results"][0]["status"] in ("saved", "error", "same")


@pytest.mark.parametrize(
    "sent",
    ["[1, 2]", '"x"', '{"a": 1}', "[[1]]", '[{"subject": {"a": 1}, "tasks": 5, "content": [], "text": 5}]', "5", "[" * 60_000, '[{"role": "\\ud800", "subject": "\\ud800"}]'],
)  # fmt: skip
@pytest.mark.parametrize(
    ("part", "name"),
    [("can-cu", "legal_bases"), ("to-chuc", "organisation"), ("giam-sat", "monitoring"), ("ket-qua", "prior_results")],
)
def test_json_of_another_shape_does_not_take_the_plan_away(strict, plan, part, name, sent):
    """The page of a clash carries lists along as JSON; what comes back is looked at before it is the plan's head."""
    before = plan.head
    answer = strict.post(at(plan, "head_part", part=part), {"version": plan.version, name: sent})
    assert answer.status_code < 500
    for page in ("plan", "head", "plan_json", "findings"):
        assert strict.get(at(plan, page)).status_code == 200, page
    plan.refresh_from_db()
    assert plan.head == before
