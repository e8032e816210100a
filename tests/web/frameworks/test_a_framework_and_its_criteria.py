"""A framework's page and its criteria: what is asked, how sure it is, what corresponds in other versions."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from caitien.standards import available, load

EVERY = [info.id for info in available()]
NEW = "tt57-2026-pho-thong"


def page(browser, framework: str, code: str = ""):
    name = "criterion" if code else "framework"
    return browser.get(reverse(f"frameworks:{name}", args=[framework, code] if code else [framework]))


@pytest.mark.parametrize("framework", EVERY)
def test_every_criterion_of_every_framework_has_its_line_and_its_page(browser, framework, read):
    found = load(framework)
    shown = page(browser, framework)
    words = read(shown)
    for code in found.codes:
        assert reverse("frameworks:criterion", args=[framework, code]) in shown.content.decode()
        assert found.criterion(code).title in words
    for rule in found.rules.school:
        assert rule.text in words
    for conflict in found.conflicts:
        assert all(reading.text in words for reading in conflict.readings)
    for code in (found.codes[0], found.codes[-1]):
        assert page(browser, framework, code).status_code == 200


def test_mandatory_is_said_by_a_word_and_a_drawing(browser):
    html = page(browser, NEW).content.decode().split("<main")[1].split("</main>")[0]
    assert html.count("#lock") == 8
    assert html.count("Bắt buộc</span>") == 8


def test_a_criterion_shows_levels_evidence_figures_source_and_doubt(browser, read):
    words = read(page(browser, NEW, "1.4"))
    criterion = load(NEW).criterion("1.4")
    for requirement in criterion.requirements:
        assert requirement.text in words
        assert requirement.code in words
    for evidence in criterion.suggested_evidence:
        assert evidence.name in words
    for indicator in criterion.indicators:
        assert indicator.name in words
    assert "Số liệu không bao giờ tự quyết định" in words
    assert "Điều 27 khoản 4" in words
    assert "Thông tư 57/2026/TT-BGDĐT, Phụ lục II" in words
    assert "các nguồn mâu thuẫn" in words
    assert "Tự đánh giá, cải tiến chất lượng, công khai và trách nhiệm giải trình" in words


def test_figures_that_the_circular_of_2018_prints_are_shown_beside_the_requirement(browser, read):
    framework = load("tt17-2018-tieu-hoc")
    code, threshold = next(
        (code, requirement.thresholds[0])
        for code in framework.codes
        for requirement in framework.criterion(code).requirements
        if requirement.thresholds
    )
    assert threshold.metric in read(page(browser, framework.id, code))


def test_old_and_new_criteria_lead_to_each_other_as_proposals(browser, read):
    old, new = page(browser, "tt17-2018-tieu-hoc", "1.4"), page(browser, NEW, "1.2")
    assert reverse("frameworks:criterion", args=[NEW, "1.2"]) in old.content.decode()
    assert reverse("frameworks:criterion", args=["tt17-2018-tieu-hoc", "1.4"]) in new.content.decode()
    assert "đề xuất" in read(old)
    amended = page(browser, "tt17-2024-tieu-hoc", "1.1").content.decode()
    assert reverse("frameworks:criterion", args=["tt17-2018-tieu-hoc", "1.1"]) in amended


def test_of_many_old_versions_the_one_for_the_readers_school_stands_open(browser, school):
    html = page(browser, NEW, "1.4").content.decode()
    opened = html.split("<details open>")[1].split("</summary>")[0]
    assert "TT 17/2018 sửa 2024 · tiểu học" in opened
    assert html.count("<details open>") == 1


def test_a_criterion_that_went_nowhere_says_so(browser, read):
    from caitien.standards import crosswalk

    way = crosswalk("tt17-2018-tieu-hoc", NEW)
    gone = [move.old for move in way.moves if not move.new]
    for code in gone:
        assert "Không còn tiêu chí tương ứng" in read(page(browser, way.old, code))


def test_neighbours_are_a_key_away_over_the_bounds_of_standards(browser):
    html = page(browser, NEW, "2.1").content.decode()
    assert f'href="{reverse("frameworks:criterion", args=[NEW, "1.4"])}" data-key="k"' in html
    assert f'href="{reverse("frameworks:criterion", args=[NEW, "2.2"])}" data-key="j"' in html
    assert 'data-key="k"' not in page(browser, NEW, "1.1").content.decode()


def test_what_is_not_there_is_not_found(browser):
    assert browser.get("/khung-tieu-chuan/khong-co/").status_code == 404
    for path in ("json/", "phieu.pdf", "tinh-thu/", "tieu-chi/1.1/"):
        assert browser.get(f"/khung-tieu-chuan/khong-co/{path}").status_code == 404
    assert page(browser, NEW, "9.9").status_code == 404
    assert browser.get(reverse("frameworks:checklist", args=[NEW, "exe"])).status_code == 404


def test_the_json_is_the_framework(browser):
    response = browser.get(reverse("frameworks:framework_json", args=[NEW]))
    assert json.loads(response.content) == load(NEW).to_dict()


def test_an_action_leads_to_its_criteria(browser, plan):
    action = plan.actions.first()
    html = browser.get(reverse("plans:action", args=[plan.school.slug, plan.pk, action.pk])).content.decode()
    assert f'href="{reverse("frameworks:criterion", args=["tt17-2018-tieu-hoc", "1.1"])}"' in html
