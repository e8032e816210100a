"""The people who work on one action: who edits, who reports, and a second editor."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from web.invented import make_user


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def action(plan):
    return plan.actions.first()


@pytest.fixture
def teacher(school):
    """A browser of someone who reports and does not edit."""
    return signed_in(make_user("giao-vien", "Vi Thị Sim", school, "staff"))


@pytest.fixture
def chair(school):
    return signed_in(make_user("hieu-truong", "Nông Thị Mơ", school, "chair"))


@pytest.fixture
def at(action):
    """The address of a page of the action: at("tick"), at("photo", photo=…)."""

    def address(name: str, **more) -> str:
        keys = {"school": action.school.slug, "plan": action.plan_id, "action": action.pk}
        return reverse(f"plans:{name}", kwargs=keys | more)

    return address


@pytest.fixture
def frozen(plan):
    """The plan is in force: its content is approved."""
    plan.state = "in_force"
    plan.save()
    return plan
