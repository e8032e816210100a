"""Many evidences are verified, linked, kept apart or taken off in one gesture, which one gesture takes back."""

from __future__ import annotations

import pytest

from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence, EvidenceUse
from web.evidence.people import at, make_assessment, met_on_one, signed_in, words_of
from web.evidence.rows import make_evidence


@pytest.fixture
def rows(school, secretary):
    make_assessment(school, secretary)
    return [make_evidence(school, f"Biên bản {number}", user=secretary) for number in range(3)]


def sent(browser, school, rows, **more):
    return browser.post(at("many", school), {"chon": [str(row.pk) for row in rows], **more})


def states(school) -> list[str]:
    return sorted(Evidence.objects.for_school(school).values_list("state", flat=True))


def undone(browser, school, answer) -> str:
    page = browser.get(answer.url)
    return words_of(browser.post(at("undo", school), {"token": page.context["last_change"]["token"]}, follow=True))


def test_verified_and_taken_back(browser, school, rows):
    answer = sent(browser, school, rows[:2], do="verify")
    assert answer.status_code == 302
    assert states(school) == ["submitted", "verified", "verified"]
    assert "2 minh chứng" in undone(browser, school, answer)
    assert states(school) == ["submitted"] * 3


def test_linked_and_taken_back(browser, school, rows):
    answer = sent(browser, school, rows, do="link", **{"tieu-chi": "1.3"})
    codes = Evidence.objects.for_school(school).values_list("code", flat=True)
    assert sorted(codes) == ["MC.1.3.01", "MC.1.3.02", "MC.1.3.03"]
    undone(browser, school, answer)
    assert not EvidenceUse.objects.for_school(school).exists()


@pytest.mark.parametrize("typed", ["", "9.9", "1"])
def test_a_criterion_that_is_none_is_asked_for_again_with_the_rows_still_chosen(browser, school, rows, typed):
    answer = sent(browser, school, rows, do="link", **{"tieu-chi": typed})
    assert answer.status_code == 422
    assert str(rows[0].pk) in answer.content.decode()


def test_taken_off_and_brought_back(browser, school, rows):
    answer = sent(browser, school, rows, do="remove", **{"ly-do": "ghi nhầm"})
    assert not Evidence.objects.for_school(school).exists()
    undone(browser, school, answer)
    assert Evidence.objects.for_school(school).count() == 3


def test_kept_apart_and_back(browser, school, rows):
    answer = sent(browser, school, rows, do="sensitive")
    assert Evidence.objects.for_school(school).filter(sensitive=True).count() == 3
    undone(browser, school, answer)
    assert not Evidence.objects.for_school(school).filter(sensitive=True).exists()


def test_all_that_a_filter_shows(browser, school, rows, secretary):
    services.take_step(school, rows[0].pk, "rejected", user=secretary, note="mờ")
    browser.post(at("many", school), {"tat-ca": "1", "loc": "tt=cho", "do": "verify"})
    assert states(school) == ["rejected", "verified", "verified"]


def test_one_that_cannot_go_does_not_keep_the_others(browser, school, secretary):
    proof, _level = met_on_one(school, secretary)
    other = make_evidence(school, "Thừa")
    answer = browser.post(at("many", school), {"chon": [str(proof.pk), str(other.pk)], "do": "remove"}, follow=True)
    said = words_of(answer)
    assert "Đã bỏ 1 minh chứng" in said
    assert "chỉ dựa vào minh chứng" in said
    assert Evidence.objects.for_school(school).get() == proof


def test_nothing_chosen_says_so(browser, school, rows):
    assert browser.post(at("many", school), {"do": "verify"}).status_code == 422
    assert browser.post(at("many", school), {"do": "verify", "chon": ["x", "1"]}).status_code == 422
    assert sent(browser, school, rows, do="gi-do").status_code == 422


def test_a_member_links_but_does_not_verify(school, rows):
    member = signed_in(school, "member")
    assert sent(member, school, rows, do="verify").status_code == 403
    assert sent(member, school, rows, do="open").status_code == 403
    assert sent(member, school, rows, do="link", **{"tieu-chi": "1.1"}).status_code == 302
    assert states(school) == ["submitted"] * 3


def test_what_somebody_went_on_with_is_not_taken_back(browser, school, rows, secretary):
    answer = sent(browser, school, rows[:2], do="verify")
    services.take_step(school, rows[0].pk, "expired", user=secretary)
    services.take_step(school, rows[1].pk, "back", user=secretary)
    said = undone(browser, school, answer)
    assert "2 minh chứng đã được người khác làm tiếp" in said
    assert states(school) == ["expired", "submitted", "submitted"]


def test_another_schools_evidence_is_not_touched(browser, other_school):
    foreign = make_evidence(other_school, "Của trường khác")
    from caitien.web.schools.models import School

    mine = School.objects.exclude(pk=other_school.pk).get()
    assert browser.post(at("many", mine), {"chon": [str(foreign.pk)], "do": "remove"}).status_code == 422
    assert Evidence.objects.filter(pk=foreign.pk).exists()
