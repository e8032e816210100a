"""The list of evidence in a browser: rows are chosen, the bar says how many, words find as they are typed; nothing grave on any page."""

from __future__ import annotations

import pytest

from web.evidence.people import at
from web.evidence.rows import evidence_of, make_evidence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there(people):
    keys = evidence_of(people)
    for number in range(3):
        make_evidence(people, f"Biên bản họp tổ chuyên môn lần {number}", "1.2")
    return keys


def test_rows_are_chosen_and_verified_and_taken_back(visitor, people, there, width):
    if width < 768:
        pytest.skip("on a phone one evidence is looked at at a time")
    visitor.sign_in("thu-ky")
    visitor.go(at("list", people))
    page = visitor.page
    assert not page.locator("[data-choose-bar]").is_visible()
    page.locator("[data-choose-all]").check()
    assert "4" in page.locator("[data-choose-count]").inner_text()
    page.locator("[data-choose-bar] button[value=verify]").click()
    page.get_by_role("button", name="Hoàn tác").wait_for()
    assert page.locator("tbody").get_by_text("đã xác nhận").count() == 4
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_load_state()
    assert page.locator("tbody").get_by_text("chờ xác nhận").count() == 4


def test_words_find_as_they_are_typed_and_rows_can_still_be_chosen(visitor, people, there, width):
    visitor.sign_in("thu-ky")
    visitor.go(at("list", people))
    page = visitor.page
    if width < 768:
        page.locator(".filter > summary").click()
    page.locator("#tim").fill("to chuyen mon")
    page.wait_for_url("**tim=to*")
    assert page.locator("tbody tr").count() == 3
    if width >= 768:
        page.locator("tbody input[name=chon]").first.check()
        assert page.locator("[data-choose-bar]").is_visible()


@pytest.mark.parametrize("name", ["list", "health", "removed", "many", "evidence", "edit", "history", "merge"])
def test_nothing_grave_on_its_pages(visitor, people, there, name):
    visitor.sign_in("thu-ky")
    keys = [there["evidence"]] if name in ("evidence", "edit", "history", "merge") else []
    visitor.go(at(name, people, *keys))
    visitor.look(name)
