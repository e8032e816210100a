"""The school's own pages ask the database as often for many people as for few, and never more than twelve times."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from caitien.web.plans.values import store
from caitien.web.schools import members
from caitien.web.schools.invitations import Guest, invite
from caitien.web.schools.models import GroupMember, Membership, Person, PersonMerge, SchoolYear, Site
from web.invented import make_user, plan_value
from web.test_queries_are_constant import MOST, count

NAMES = (
    "profile", "profile_edit", "years", "people", "person_add", "person", "person_edit", "merge", "members", "invitations", "invite",
)  # fmt: skip


def fill(school, chair_member, start: int, many: int) -> None:
    for number in range(start, start + many):
        user = make_user(f"gv-{number}", f"Lò Văn {number}", school, "staff")
        Person.objects.create(school=school, name=f"Lò Văn {number}", user=user if number % 2 else None)
        team = Person.objects.create(school=school, name=f"Tổ {number}", kind="group")
        first = Person.objects.for_school(school).filter(kind="person").first()
        GroupMember.objects.create(school=school, group=team, person=first)
        gone = Person.objects.create(school=school, name=f"Đ/c Văn {number}", merged_into=first)
        PersonMerge.objects.create(school=school, kept=first, gone=gone)
        Site.objects.create(school=school, name=f"Điểm {number}", removed_at=timezone.now() if number % 2 else None)
        SchoolYear.objects.create(school=school, name=f"{2030 + number}-{2031 + number}")
        leaver = make_user(f"roi-{number}", "", school, "viewer")
        members.remove(chair_member, Membership.objects.get(user=leaver).pk)
        school.phone = str(number)
        school.save()
    invite(school, chair_member, [Guest("staff", label=f"Cô {n}") for n in range(many)], uuid4())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_no_more_for_many(chairs_browser, school, secretary, chair_member, name):
    store(school, plan_value(5), secretary)
    fill(school, chair_member, 0, 3)
    keys = [school.slug]
    if name in ("person", "person_edit", "merge"):
        keys.append(Person.objects.for_school(school).filter(kind="person", merged_into=None).first().pk)
    url = reverse(f"schools:{name}", args=keys)
    few = count(chairs_browser, url)
    store(school, plan_value(60), secretary)
    fill(school, chair_member, 3, 25)
    assert count(chairs_browser, url) == few
    assert few <= MOST


def test_a_group_asks_no_more_for_many(chairs_browser, school, chair_member):
    fill(school, chair_member, 0, 3)
    team = Person.objects.for_school(school).filter(kind="group").first()
    url = reverse("schools:person", args=[school.slug, team.pk])
    few = count(chairs_browser, url)
    for number in range(20):
        person = Person.objects.create(school=school, name=f"Cầm Thị {number}")
        GroupMember.objects.create(school=school, group=team, person=person)
    assert count(chairs_browser, url) == few <= MOST


def test_the_page_of_an_invitation_too(school, chair_member):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    made = invite(school, chair_member, [Guest("staff", label=f"Cô {n}") for n in range(40)], uuid4())
    assert made[0].invitation.expires_at > timezone.now() + timedelta(days=6)
    client = Client()
    client.get(reverse("join:open", args=[made[0].token]))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("join:accept"))
    assert len(queries) <= 6
