"""The plan on a phone: its counts and its first action are seen without scrolling, and the other buttons are in one menu."""

import pytest

from web.invented import plan_value

pytestmark = pytest.mark.django_db(transaction=True)

PHONE_BAR = 57  # pixels: the bar at the bottom hides what is under it


@pytest.fixture
def address(people) -> str:
    from caitien.web.plans.values import store

    plan = store(people, plan_value(), None, state="in_force")  # the longest head: what is locked is said too
    return f"/truong/{people.slug}/ke-hoach/{plan.pk}/"


@pytest.mark.parametrize("width", [390], indirect=True, ids=["phone"])
def test_the_first_action_is_on_the_first_screen(visitor, address):
    visitor.sign_in()
    visitor.go(address)
    first = visitor.page.locator("#luoi tbody tr:not(.band)").first.bounding_box()
    assert first["y"] + 60 < 844 - PHONE_BAR
    assert visitor.page.locator("#tinh-hinh").bounding_box()["y"] < 300


@pytest.mark.parametrize("width", [390], indirect=True, ids=["phone"])
def test_the_other_buttons_are_in_one_menu(visitor, address):
    visitor.sign_in()
    visitor.go(address)
    visitor.page.locator("summary", has_text="Việc khác").click()
    visitor.look("menu of the plan")
    for words in ("Soát lỗi", "Xuất văn bản", "Trình, duyệt", "Vấn đề trọng tâm", "Lập kế hoạch năm sau"):
        assert visitor.page.locator(".page-head a:visible", has_text=words).count() == 1, words
    visitor.page.locator(".page-head a:visible", has_text="Xuất văn bản").click()
    visitor.page.wait_for_url("**/van-ban/")


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_on_a_laptop_each_has_its_button(visitor, address):
    visitor.sign_in()
    visitor.go(address)
    assert not visitor.page.locator("summary:visible", has_text="Việc khác").count()
    assert visitor.page.locator(".page-head a:visible", has_text="Trình, duyệt").count() == 1
