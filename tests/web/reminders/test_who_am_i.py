"""A user says who she is; a leader agrees. Nobody takes another's place alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.reminders.identity import alike, claim, free_people, settle, still_open
from caitien.web.reminders.models import IdentityClaim
from caitien.web.schools.models import Membership, Person
from caitien.web.schools.not_now import NotNow
from web.invented import make_user
from web.reminders.conftest import make_action


@pytest.fixture
def newcomer(school):
    return make_user("may", "Lò Thị Mẩy", school, "staff")


@pytest.fixture
def person(school):
    return Person.objects.create(school=school, name="Lò Thị Mẩy", role_title="GV")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name, school):
    return reverse(f"reminders:{name}", args=[school.slug])


def test_the_one_with_my_name_is_proposed(newcomer, person, school):
    Person.objects.create(school=school, name="Lò Thị Máy")
    assert alike(newcomer, free_people(school)) == person
    html = signed_in(newcomer).get(url("who_am_i", school)).content.decode()
    assert "Bạn có phải là “Lò Thị Mẩy (GV)” không?" in html


def test_saying_so_joins_nothing(newcomer, person, school, running, today):
    make_action(running, "việc kín", days=1, responsible=["Lò Thị Mẩy (GV)"])
    client = signed_in(newcomer)
    answer = client.post(url("who_am_i", school), {"person": str(person.pk)})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.user is None
    html = client.get(reverse("reminders:my_work")).content.decode()
    assert "việc kín" not in html
    assert "đang chờ hiệu trưởng hoặc thư ký xác nhận bạn là “Lò Thị Mẩy (GV)”" in html


def test_a_leader_agrees_and_then_it_is_hers(newcomer, person, school, secretary, running, today):
    make_action(running, "việc của Mẩy", days=1, responsible=["Lò Thị Mẩy (GV)"])
    claim(Membership.objects.get(user=newcomer), person.pk)
    leader = signed_in(secretary)
    assert "nói mình là “Lò Thị Mẩy (GV)”" in leader.get(reverse("reminders:my_work")).content.decode()
    one = IdentityClaim.objects.get()
    answer = leader.post(url("claims", school), {"claim": str(one.pk), "answer": "yes"})
    assert answer.status_code == 302
    assert "việc của Mẩy" in signed_in(newcomer).get(reverse("reminders:my_work")).content.decode()
    record = person.history.latest()
    assert (record.user, record.history_user) == (newcomer, secretary)


def test_a_leader_does_not_agree(newcomer, person, school, secretary, today):
    claim(Membership.objects.get(user=newcomer), person.pk)
    signed_in(secretary).post(url("claims", school), {"claim": str(IdentityClaim.objects.get().pk), "answer": "no"})
    person.refresh_from_db()
    assert person.user is None
    html = signed_in(newcomer).get(reverse("reminders:my_work")).content.decode()
    assert "bạn không phải là “Lò Thị Mẩy (GV)”" in html


def test_nobody_agrees_for_herself(newcomer, person, school):
    claim(Membership.objects.get(user=newcomer), person.pk)
    one = IdentityClaim.objects.get()
    assert signed_in(newcomer).post(url("claims", school), {"claim": str(one.pk), "answer": "yes"}).status_code == 403


def test_a_leader_who_may_join_anybody_is_joined_at_once(secretary, person, school):
    claim(Membership.objects.get(user=secretary), person.pk)
    person.refresh_from_db()
    assert person.user == secretary
    assert not IdentityClaim.objects.exists()


def test_one_open_claim_a_school_the_last_one(newcomer, person, school):
    membership = Membership.objects.get(user=newcomer)
    other = Person.objects.create(school=school, name="Lò Thị Máy")
    claim(membership, person.pk)
    claim(membership, other.pk)
    assert IdentityClaim.objects.get().person == other


def test_who_has_an_account_cannot_be_taken(newcomer, person, school, secretary):
    person.user = secretary
    person.save()
    with pytest.raises(NotNow):
        claim(Membership.objects.get(user=newcomer), person.pk)
    assert person not in free_people(school)


def test_a_group_and_who_has_left_are_nobody_to_be(school, person):
    from datetime import date

    Person.objects.create(school=school, name="Tổ Văn phòng", kind="group")
    Person.objects.create(school=school, name="Người Cũ", left_on=date(2025, 1, 1))
    assert free_people(school) == [person]


def test_another_schools_person_is_not_there(newcomer, school, other_school):
    stranger = Person.objects.create(school=other_school, name="Lò Thị Mẩy")
    answer = signed_in(newcomer).post(url("who_am_i", school), {"person": str(stranger.pk)})
    assert answer.status_code == 422
    assert not IdentityClaim.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"person": "x"}])
def test_choosing_nobody_is_said(newcomer, person, school, sent):
    answer = signed_in(newcomer).post(url("who_am_i", school), sent)
    assert answer.status_code == 422
    assert "Hãy chọn một người trong danh sách." in answer.content.decode()


def test_settled_once(newcomer, person, school, secretary):
    claim(Membership.objects.get(user=newcomer), person.pk)
    key = IdentityClaim.objects.get().pk
    settle(school, key, agreed=False, by=secretary)
    with pytest.raises(NotNow):
        settle(school, key, agreed=True, by=secretary)


def test_what_became_impossible_meanwhile_is_refused(newcomer, person, school, secretary):
    claim(Membership.objects.get(user=newcomer), person.pk)
    key = IdentityClaim.objects.get().pk
    Membership.objects.filter(user=newcomer).delete()
    with pytest.raises(NotNow):
        settle(school, key, agreed=True, by=secretary)
    person.refresh_from_db()
    assert person.user is None


def test_an_answer_that_is_none_is_said(secretary, school):
    answer = signed_in(secretary).post(url("claims", school), {"claim": "x", "answer": "yes"})
    assert answer.status_code == 422


def test_who_was_joined_elsewhere_meanwhile_waits_no_more(newcomer, person, school, secretary):
    claim(Membership.objects.get(user=newcomer), person.pk)
    assert len(still_open([school])) == 1
    Person.objects.create(school=school, name="Lò Thị Máy", user=newcomer)
    assert len(still_open([school])) == 0


def test_the_claims_of_another_school_are_not_shown(newcomer, person, school, other_school):
    claim(Membership.objects.get(user=newcomer), person.pk)
    leader = make_user("khac", "", other_school, "chair")
    assert "Lò Thị Mẩy" not in signed_in(leader).get(url("claims", other_school)).content.decode()
    answer = signed_in(leader).post(
        url("claims", other_school), {"claim": str(IdentityClaim.objects.get().pk), "answer": "yes"}
    )
    assert answer.status_code == 404
