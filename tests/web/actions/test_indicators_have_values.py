"""An indicator has a unit, a baseline, a target, and what is reached: as written, with a bar where they are numbers."""

from __future__ import annotations

import pytest

from caitien.web.plans.editing import set_columns
from caitien.web.plans.models import Action

FEWER, MORE = "Giảm số học sinh chưa hoàn thành từ 14 em xuống 0", "Phụ huynh hài lòng"


@pytest.fixture
def action(action, secretary):
    return set_columns(action.school, action.pk, {"indicators": [FEWER, MORE]}, user=secretary, reason="").row


def save(client, action, at, version=None, **sent):
    response = client.post(at("indicator_values"), {"version": version or action.version, **sent})
    action.refresh_from_db()
    return response


def values(action) -> dict[str, tuple]:
    parts = ("baseline", "target", "actual", "unit")
    return {one["text"]: tuple(one[part] for part in parts) for one in action.indicator_values}


def test_values_are_kept_as_written_and_shown_with_a_bar(browser, action, at):
    save(browser, action, at, **{"baseline-0": "14", "target-0": "0", "actual-0": "6", "unit-0": "em"})
    assert values(action) == {FEWER: ("14", "0", "6", "em")}
    page = browser.get(at("action")).content.decode()
    assert '<progress class="meter" value="57" max="100"' in page


def test_words_instead_of_numbers_are_values_too_without_a_bar(browser, action, at):
    save(browser, action, at, **{"target-1": "đa số", "actual-1": "còn ít"})
    page = browser.get(at("action")).content.decode()
    assert values(action)[MORE] == (None, "đa số", "còn ít", None)
    assert "đa số" in page
    assert 'class="meter" value="' not in page.split('id="f-indicators"')[1].split("</section>")[0]


def test_a_target_reached_says_so(browser, action, at):
    save(browser, action, at, **{"baseline-1": "60%", "target-1": "85%", "actual-1": "90%"})
    panel = browser.get(at("action")).content.decode().split('id="f-indicators"')[1].split("</section>")[0]
    assert "đạt</span>" in panel


def test_what_the_sentence_says_stands_ready_to_be_saved_and_is_not_saved_by_itself(browser, action, at):
    page = browser.get(at("indicator_values")).content.decode()
    assert 'id="baseline-0" name="baseline-0" value="14"' in page
    assert 'id="target-0" name="target-0" value="0"' in page
    action.refresh_from_db()
    assert action.indicator_values == []


def test_two_people_write_two_values(browser, chair, action, at):
    save(browser, action, at, version=2, **{"actual-0": "6"})
    save(chair, action, at, version=2, **{"target-0": "0", "actual-1": "80%"})
    assert values(action) == {FEWER: (None, "0", "6", None), MORE: (None, None, "80%", None)}


def test_the_second_to_write_one_value_sees_both_and_can_keep_hers(browser, chair, action, at):
    save(browser, action, at, version=2, **{"actual-0": "6"})
    response = save(chair, action, at, version=2, **{"actual-0": "5"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "“6”" in html
    assert 'value="5"' in html
    assert values(action)[FEWER][2] == "6"
    save(chair, action, at, **{"actual-0": "5"})
    assert values(action)[FEWER][2] == "5"


def test_values_follow_their_indicator_when_its_words_are_corrected(browser, action, at):
    save(browser, action, at, **{"actual-0": "6"})
    words = f"{MORE}\nGiảm số học sinh chưa hoàn thành từ 14 em xuống còn 0 em"
    browser.post(at("action_field", field="indicators"), {"version": action.version, "indicators": words})
    action.refresh_from_db()
    assert values(action) == {"Giảm số học sinh chưa hoàn thành từ 14 em xuống còn 0 em": (None, None, "6", None)}


def test_a_value_for_an_indicator_whose_words_somebody_changed_is_shown_not_lost(browser, chair, action, at):
    save(browser, action, at, **{"actual-0": "6"})
    seen = action.version
    chair.post(at("action_field", field="indicators"), {"version": seen, "indicators": "Một chỉ số hoàn toàn khác"})
    action.refresh_from_db()
    response = save(browser, action, at, version=seen, **{"actual-0": "4"})
    assert response.status_code == 409
    assert "4" in response.content.decode()


def test_a_value_as_long_as_a_sentence_is_refused_and_kept(browser, action, at):
    response = save(browser, action, at, **{"actual-0": "x" * 61})
    assert response.status_code == 422
    assert "x" * 61 in response.content.decode()
    assert action.indicator_values == []


def test_who_only_reports_writes_what_is_reached_and_nothing_else(teacher, action, at):
    page = teacher.get(at("indicator_values")).content.decode()
    assert 'name="actual-0"' in page
    assert 'name="target-0"' not in page
    save(teacher, action, at, **{"actual-0": "6", "target-0": "1"})
    assert values(action) == {FEWER: (None, None, "6", None)}


def test_an_empty_value_takes_it_away(browser, action, at):
    save(browser, action, at, **{"actual-0": "6"})
    save(browser, action, at, **{"actual-0": " "})
    assert action.indicator_values == []


def test_values_are_in_the_history_and_can_be_taken_back(browser, action, at):
    save(browser, action, at, **{"baseline-0": "14", "target-0": "0", "actual-0": "6", "unit-0": "em"})
    page = browser.get(at("action")).content.decode()
    assert "Giá trị của chỉ số" in page
    record = Action.history.filter(id=action.pk).latest()
    browser.post(f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/")
    action.refresh_from_db()
    assert action.indicator_values == []
