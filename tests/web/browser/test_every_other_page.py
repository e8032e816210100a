"""Pages beside the main flow: no grave violation, nothing that scrolls sideways, on a laptop and on a phone."""

from __future__ import annotations

import pytest

from web.invented import plan_value

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people):
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store

    return store(people, plan_value(8), User.objects.get(username="thu-ky"))


def test_pages_of_a_plan(visitor, plan):
    action = plan.actions.first()
    base = f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/"
    visitor.sign_in()
    for path in ("", "soat-loi/", f"muc/{action.pk}/", f"muc/{action.pk}/sua/", f"muc/{action.pk}/tien-do/"):
        visitor.go(base + path)
        visitor.look(path or "plan")


def test_pages_of_ones_account_and_of_help(visitor, plan):
    visitor.sign_in()
    for path in ("/tai-khoan/email/", "/tai-khoan/password/change/", "/tai-khoan/2fa/", "/tro-giup/vai-tro/"):
        visitor.go(path)
        visitor.look(path)


def test_a_page_that_is_not_there(visitor, plan):
    visitor.sign_in()
    visitor.go("/truong/khong-co/")
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]  # the browser notes the status itself
    visitor.look("not found")
