"""The level board, what-if, a standard, weaknesses and coverage in a real browser, on a laptop and on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assessment(people):
    from assessment.invented_assessment import small_assessment
    from caitien.web.accounts.models import User
    from caitien.web.assessments.models import LevelReview
    from web.assessments.filled import filled

    yield filled(people, User.objects.get(username="thu-ky"), value=small_assessment())
    LevelReview.objects.update(
        judged=""
    )  # tables are emptied one after the other: what is "met" would hold its evidence


@pytest.fixture
def plan(people):
    from caitien.web.accounts.models import User
    from web.assessments.test_from_weakness_to_action import a_plan

    assert User.objects.exists()
    return a_plan(people)


def at(assessment, name, *more) -> str:
    return reverse(f"assessments:{name}", args=[assessment.school.slug, assessment.pk, *more])


def test_pages_are_well_made(visitor, assessment, plan):
    from caitien.web.assessments.models import Weakness

    visitor.sign_in("thu-ky")
    weakness = Weakness.objects.first()
    for path in (
        at(assessment, "board"),
        at(assessment, "board") + "?loc=chua-viet",
        at(assessment, "try_levels") + "?tc-1.2=2",
        at(assessment, "findings"),
        at(assessment, "changes"),
        at(assessment, "coverage"),
        at(assessment, "standard", "1"),
        at(assessment, "weakness_add") + "?tieu-chuan=1",
        at(assessment, "weakness_edit", weakness.pk),
        at(assessment, "weakness", weakness.pk),
    ):
        visitor.go(path)
        visitor.look(path)


def test_a_level_is_tried_without_leaving_the_page(visitor, assessment):
    visitor.sign_in("thu-ky")
    visitor.go(at(assessment, "try_levels"))
    visitor.page.select_option("#tc-1\\.2", "1c")
    visitor.page.wait_for_selector("#tra-loi:has-text('còn thiếu 10 điều')")
    assert "tc-1.2=1c" in visitor.page.url
    visitor.look("tried")


def test_what_is_written_of_a_standard_saves_itself(visitor, assessment):
    from caitien.web.assessments.models import StandardReview

    visitor.sign_in("thu-ky")
    visitor.go(at(assessment, "standard", "1"))
    visitor.page.fill("#o-trend", "Ba năm liền số học sinh tăng.")
    visitor.page.wait_for_selector("[data-saved]:has-text('Đã lưu')", timeout=20_000)
    row = StandardReview.objects.get(assessment=assessment, code="1")
    assert row.trend == "Ba năm liền số học sinh tăng."
    visitor.page.reload()
    assert visitor.page.input_value("#o-trend") == "Ba năm liền số học sinh tăng."


def test_evidence_is_cited_while_writing_of_a_standard(visitor, assessment):
    visitor.sign_in("thu-ky")
    visitor.go(at(assessment, "standard", "1"))
    visitor.page.fill("#o-trend", "")
    visitor.page.type("#o-trend", "Tăng MC.1.1")
    visitor.page.wait_for_selector("[data-cite-list] [role=option]")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.input_value("#o-trend").startswith("Tăng (MC.1.1.0")
    visitor.page.wait_for_selector("[data-saved]:has-text('Đã lưu')", timeout=20_000)


def test_from_a_weakness_to_an_action_without_script(visitor_without_script, assessment, plan):
    from caitien.web.plans.models import Action, Issue

    visitor = visitor_without_script
    visitor.sign_in("thu-ky")
    visitor.go(at(assessment, "coverage"))
    visitor.page.locator("button[name=only]").first.click()
    visitor.page.wait_for_load_state()
    issue = Issue.objects.get(plan=plan)
    visitor.page.locator(f"form:has(input[value='{issue.pk}']) button[value=action]").first.click()
    visitor.page.wait_for_load_state()
    assert Action.objects.filter(issue=issue).exists()
    assert "/muc/" in visitor.page.url
