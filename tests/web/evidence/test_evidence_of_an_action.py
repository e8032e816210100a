"""Expected evidence of an action: handed in or chosen, its line is ticked, the criteria are offered it."""

from __future__ import annotations

import pytest

from caitien.web.evidence import services
from caitien.web.evidence.models import ActionEvidence, EvidenceUse
from caitien.web.plans.models import Action
from web.evidence.people import at, signed_in, words_of
from web.evidence.rows import make_evidence

LINE = "Biên bản họp"


@pytest.fixture
def action(plan):
    return plan.actions.first()


@pytest.fixture
def minutes(school, secretary):
    return make_evidence(school, "Biên bản họp hội đồng trường tháng 9", user=secretary)


def chosen(browser, action, evidence, line: str = LINE):
    return browser.post(at("of_action", action.school, action.pk), {"ten": line, "chon": str(evidence.pk)})


def page(browser, action) -> str:
    from caitien.web.plans.views.context import link

    return browser.get(link("action", action.plan, action=action.pk)).content.decode()


def ticked(action) -> list[str]:
    return [mark["text"] for mark in Action.objects.get(pk=action.pk).evidence_at_hand]


def test_each_line_has_a_way_to_hand_it_in_and_to_choose(browser, action):
    html = page(browser, action)
    assert f"?muc={action.pk}&amp;ten=Bi%C3%AAn" in html
    assert at("of_action", action.school, action.pk) in html


def test_what_is_chosen_stands_at_its_line_ticks_it_and_is_offered(browser, action, minutes):
    assert chosen(browser, action, minutes).status_code == 302
    assert ticked(action) == [LINE]
    assert minutes.name in page(browser, action)
    use = EvidenceUse.objects.get(evidence=minutes)
    assert (use.framework, use.criterion, use.state) == (action.plan.framework, "1.1", "offered")


def test_one_evidence_may_be_two_lines(browser, action, minutes):
    chosen(browser, action, minutes)
    chosen(browser, action, minutes, "Bản kế hoạch sửa đổi")
    assert ticked(action) == [LINE, "Bản kế hoạch sửa đổi"]
    assert page(browser, action).count(minutes.name) >= 2
    assert ActionEvidence.objects.get().text == f"{LINE}\nBản kế hoạch sửa đổi"


def test_a_line_that_is_edited_meanwhile_keeps_its_evidence_on_the_page(browser, action, minutes):
    chosen(browser, action, minutes)
    Action.objects.filter(pk=action.pk).update(expected_evidence=["Biên bản"], evidence_at_hand=[])
    html = page(browser, action)
    assert "Minh chứng khác của mục này" in html
    assert minutes.name in html


def test_a_tick_that_is_there_keeps_who_set_it(school, action, minutes, secretary):
    from caitien.web.plans.editing import set_columns

    mark = {"text": LINE, "on": "2025-10-01", "by": "Người trước"}
    set_columns(school, action.pk, {"evidence_at_hand": [mark]}, user=secretary, reason="")
    services.prove_action(minutes, Action.objects.select_related("plan").get(pk=action.pk), LINE, secretary)
    assert Action.objects.get(pk=action.pk).evidence_at_hand == [mark]


def test_a_closed_plan_takes_no_tick_but_the_evidence_is_linked(school, plan, action, minutes, secretary):
    plan.state = "closed"
    plan.save()
    services.prove_action(minutes, Action.objects.select_related("plan").get(pk=action.pk), LINE, secretary)
    assert ticked(action) == []
    assert ActionEvidence.objects.get().action == action


def test_it_is_taken_away_again_and_the_tick_stays(browser, action, minutes):
    chosen(browser, action, minutes)
    browser.post(at("of_action", action.school, action.pk), {"ten": LINE, "go": str(ActionEvidence.objects.get().pk)})
    assert not ActionEvidence.objects.exists()
    assert ticked(action) == [LINE]


def test_it_is_found_by_words_and_what_is_in_use_for_its_criteria_comes_first(browser, action, minutes, school):
    used = make_evidence(school, "Quyết định", "1.1")
    EvidenceUse.objects.filter(evidence=used).update(framework=action.plan.framework)
    assert browser.get(at("of_action", school, action.pk)).context["rows"] == [used]
    found = browser.get(at("of_action", school, action.pk) + "?tim=bien+ban+hop&ten=x").context["rows"]
    assert found == [minutes]


@pytest.mark.parametrize("sent", ["", "x", "01900000-0000-7000-8000-000000000000"])
def test_nothing_chosen_asks_again(browser, action, sent):
    answer = browser.post(at("of_action", action.school, action.pk), {"ten": LINE, "chon": sent})
    assert answer.status_code == 422
    assert LINE in words_of(answer)


def test_a_teacher_hands_in_but_does_not_choose(school, action):
    teacher = signed_in(school, "staff")
    html = page(teacher, action)
    assert f"?muc={action.pk}" in html
    assert at("of_action", school, action.pk) not in html
    assert teacher.get(at("of_action", school, action.pk)).status_code == 403


def test_the_evidence_says_what_it_proves(browser, action, minutes):
    chosen(browser, action, minutes)
    assert action.content in words_of(browser.get(at("evidence", action.school, minutes.pk)))
