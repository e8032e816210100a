"""A submitted plan says on its own page that it waits, to whom can approve it and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from web.invented import make_user

WAITS = "Kế hoạch đang chờ bạn duyệt."


def seen_by(role, school, plan):
    client = Client()
    client.force_login(make_user("nguoi-xem", "Vàng Thị Sua", school, role))
    return client.get(reverse("plans:plan", args=[school.slug, plan.pk])).content.decode()


@pytest.mark.parametrize(("role", "told"), [("chair", True), ("secretary", False), ("staff", False)])
def test_only_who_approves_is_told(school, plan, role, told):
    plan.state = "submitted"
    plan.save()
    assert (WAITS in seen_by(role, school, plan)) == told


@pytest.mark.parametrize("state", ["draft", "approved", "in_force", "closed"])
def test_a_plan_that_is_not_submitted_waits_for_nobody(school, plan, state):
    plan.state = state
    plan.save()
    assert WAITS not in seen_by("chair", school, plan)
