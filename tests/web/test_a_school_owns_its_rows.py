"""Every row that a school owns says so, and nothing points from one school into another."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from caitien.web.plans.models import Action, Plan, ProgressEntry
from caitien.web.schools.models import Membership, School, SchoolYear
from caitien.web.schools.owned import CrossSchoolError, SchoolOwned
from web.invented import make_user

SHARED = {"schools.School", "accounts.User", "schools.HistoricalSchool"}
SHARED |= {"reminders.ReminderChoice"}  # of a user, who can belong to several schools: how she wants to be reminded
OURS = [m for m in apps.get_models() if m.__module__.startswith("caitien.web") and m._meta.label not in SHARED]


def test_there_are_models_to_walk():
    assert {Plan, Action, ProgressEntry, SchoolYear, Membership} <= set(OURS)
    assert len(OURS) >= 12


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_it_has_a_school(model):
    field = model._meta.get_field("school")
    assert field.column == "school_id"
    assert field.related_model is School
    historical = hasattr(model, "instance_type")
    assert issubclass(model, SchoolOwned) or historical
    assert historical or not field.null


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_its_key_is_a_uuid(model):
    assert isinstance(model._meta.pk, models.UUIDField)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_every_unique_constraint_contains_the_school(model):
    together = [tuple(fields) for fields in model._meta.unique_together]
    named = [c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    for fields in [*together, *named]:
        assert "school" in fields
    alone = [f.name for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    assert alone == []


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_no_foreign_key_leaves_the_school_but_to_shared_tables(model):
    for field in model._meta.concrete_fields:
        if field.is_relation:
            target = field.related_model
            assert issubclass(target, SchoolOwned) or target._meta.label in SHARED, field.name


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_no_many_to_many_hides_a_table_without_a_school(model):
    assert not model._meta.local_many_to_many


def test_a_row_cannot_point_into_another_school(plan, other_school):
    stranger = Action(school=other_school, plan=plan, position=0)
    with pytest.raises(CrossSchoolError):
        stranger.save()
    with pytest.raises(CrossSchoolError):
        Action.objects.bulk_create([stranger])


def test_not_even_by_the_bare_key(plan, other_school):
    with pytest.raises(CrossSchoolError):
        Action(school_id=other_school.pk, plan_id=plan.pk, position=0).save()
    assert Action.objects.for_school(other_school).count() == 0


def test_a_row_cannot_move_to_another_school(plan, other_school):
    action = plan.actions.first()
    action.school = other_school
    with pytest.raises(CrossSchoolError):
        action.save()


def test_one_user_can_belong_to_two_schools(school, other_school):
    user = make_user("hai-truong", "", school, "member")
    Membership.objects.create(school=other_school, user=user, role="chair")
    assert user.memberships.count() == 2


def test_keys_sort_by_the_time_they_were_made(school):
    years = [SchoolYear.objects.create(school=school, name=f"{y}-{y + 1}") for y in range(2020, 2030)]
    assert [y.pk for y in years] == sorted(y.pk for y in years)
    assert {y.pk.version for y in years} == {7}


def test_the_migrations_say_what_the_models_say(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
