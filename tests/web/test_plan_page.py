"""The plan page says where the plan stands, and shows what was asked for."""

from __future__ import annotations

import pytest
from django.urls import reverse


def test_x(browser, plan):
    r = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk]))
    assert r.status_code == 200
    open("/tmp/plan.html","w").write(r.content.decode())
    a = plan.actions.first()
    r = browser.get(reverse("plans:action", args=[plan.school.slug, plan.pk, a.pk]))
    assert r.status_code == 200
    open("/tmp/action.html","w").write(r.content.decode())
