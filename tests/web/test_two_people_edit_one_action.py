"""Two people edit one action: what fits together is joined, what clashes is shown to the second, no word is lost."""

from __future__ import annotations

import re
from itertools import count

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.web.plans.editing import save_edit, version_of
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.merge import merge
from caitien.web.plans.models import Action
from web.invented import make_user

words = st.sampled_from(["", "a", "b", "c", "d"])
serial = count()
record = st.fixed_dictionaries(dict.fromkeys(("content", "note", "result"), words))


@given(record, record, record)
def test_a_merge_takes_a_side_only_where_the_other_did_nothing(base, mine, theirs):
    joined = merge(base, mine, theirs)
    for field in base:
        clash = next((c for c in joined.clashes if c.field == field), None)
        if clash:
            assert (clash.mine, clash.theirs) == (mine[field], theirs[field])
            assert len({base[field], mine[field], theirs[field]}) == 3
            assert field not in joined.changes
        else:
            assert joined.changes.get(field, theirs[field]) in (mine[field], theirs[field])
            if theirs[field] != base[field]:
                assert field not in joined.changes


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["content", "note", "result"]), st.integers(0, 3)), max_size=12))
def test_whatever_the_interleaving_no_accepted_word_disappears_from_the_record(school, plan, secretary, edits):
    """Editors see a version, wait, and save: every accepted text is in the action or in its history, in order."""
    action = plan.actions.first()
    accepted = []
    for name, age in edits:
        action.refresh_from_db()
        seen = version_of(action, max(1, action.version - age))
        text = f"lời {next(serial)}"
        outcome = save_edit(school, action.pk, {name: {name: text}}, base=seen, user=secretary)
        if outcome.changed:
            accepted.append((name, text))
            assert getattr(outcome.row, name) == text
        else:
            assert outcome.clashes
            assert getattr(outcome.row, name) == outcome.clashes[0].theirs[name]
    history = {
        name: [getattr(h, name) for h in Action.history.filter(id=action.pk).order_by("version")]
        for name in FIELDS
        if name in ("content", "note", "result")
    }
    for name, text in accepted:
        assert text in history[name]


@pytest.fixture
def action(plan):
    return plan.actions.first()


def url(action, *field: str) -> str:
    name = "action_field" if field else "action_edit"
    return reverse(f"plans:{name}", args=[action.school.slug, action.plan_id, action.pk, *field])


def test_two_different_fields_are_joined(browser, action):
    browser.post(url(action, "content"), {"version": 1, "content": "Nội dung mới"})
    browser.post(url(action, "note"), {"version": 1, "note": "Ghi chú mới"})
    action.refresh_from_db()
    assert (action.content, action.note) == ("Nội dung mới", "Ghi chú mới")


def test_the_second_to_save_a_field_sees_both_texts(browser, action, school):
    from django.test import Client

    other = Client()
    other.force_login(make_user("hieu-truong", "Vàng A Chớ", school, "chair"))
    other.post(url(action, "content"), {"version": 1, "content": "Lời của hiệu trưởng"})
    response = browser.post(url(action, "content"), {"version": 1, "content": "Lời của thư ký"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Lời của hiệu trưởng" in html
    assert "Lời của thư ký" in html
    assert "Vàng A Chớ" in html
    action.refresh_from_db()
    assert action.content == "Lời của hiệu trưởng"


@pytest.mark.parametrize(
    ("choice", "kept"), [("toi", "Lời hai"), ("nguoi-khac", "Lời một"), ("ca-hai", "Lời một\nLời hai")]
)
def test_the_choice_is_saved(browser, action, choice, kept):
    browser.post(url(action, "content"), {"version": 1, "content": "Lời một"})
    html = browser.post(url(action, "content"), {"version": 1, "content": "Lời hai"}).content.decode()
    sent = {
        "version": re.search(r'name="version" value="(\d+)"', html)[1],
        "chon_content": choice,
        "content": "Lời hai",
    }
    assert browser.post(url(action, "content"), sent).status_code == 302
    action.refresh_from_db()
    assert action.content == kept


def test_fields_that_do_not_clash_are_saved_with_the_choice(browser, action):
    browser.post(url(action), {"version": 1, "content": "Lời một"})
    html = browser.post(url(action), {"version": 1, "content": "Lời hai", "note": "Của tôi"}).content.decode()
    hidden = re.search(r'type="hidden" name="note" value="([^"]*)"', html)
    assert hidden[1] == "Của tôi"
    browser.post(url(action), {"version": 2, "content": "Lời hai", "chon_content": "nguoi-khac", "note": "Của tôi"})
    action.refresh_from_db()
    assert (action.content, action.note) == ("Lời một", "Của tôi")


def test_a_third_who_saves_during_the_choice_is_seen_too(browser, action):
    for version, text in ((1, "Lời một"), (2, "Lời ba")):
        browser.post(url(action, "content"), {"version": version, "content": text})
    response = browser.post(url(action, "content"), {"version": 2, "content": "Lời hai", "chon_content": "toi"})
    assert response.status_code == 409
    assert "Lời ba" in response.content.decode()


def test_the_same_words_twice_are_no_clash(browser, action):
    browser.post(url(action, "content"), {"version": 1, "content": "Như nhau"})
    assert browser.post(url(action, "content"), {"version": 1, "content": "Như nhau"}).status_code == 302


def test_a_period_clashes_as_a_whole_and_shows_its_dates(browser, action):
    browser.post(
        url(action, "period"), {"version": 1, "period": "Tháng 9/2025", "period_from": "", "period_to": "15/10/2025"}
    )
    response = browser.post(
        url(action, "period"), {"version": 1, "period": "Tháng 12/2025", "period_from": "", "period_to": "15/10/2025"}
    )
    assert response.status_code == 409
    assert "12/2025" in response.content.decode()


def test_what_the_second_did_not_touch_is_not_sent_again_with_her_choice(browser, plan):
    """The first changed two fields, the second clashes in one: the other accepted word must not be lost."""
    row = plan.actions.first()
    url = reverse("plans:action_edit", args=[plan.school.slug, plan.pk, row.pk])
    browser.post(url, {"version": row.version, "content": "Lời của An", "cause": "An sửa", "note": ""})
    mine = {"version": row.version, "content": "Lời của Bình", "cause": row.cause or "", "note": "Bình ghi"}
    html = browser.post(url, mine).content.decode()
    assert 'name="cause"' not in html
    assert 'name="note"' in html
