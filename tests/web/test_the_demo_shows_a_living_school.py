"""The demo: a school in the middle of its year, whatever day it is, made through the services of the pages."""

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from unittest.mock import patch

import pytest
from django.utils import timezone

from caitien.web import sample_schools, sample_year
from caitien.web.plans.models import Action, Amendment, Comment, Plan, PlanEvent, ProgressEntry, ProgressPhoto
from caitien.web.schools.models import Invitation, Person

read = cache(sample_schools._read)
SAMPLES = sample_schools.SAMPLES
SUOI_LIM = "th-suoi-lim"


@pytest.fixture
def demo(db, tmp_path, settings, monkeypatch):
    """Makes the demo of two files as on a day at noon; twice, as a demo that was stopped and goes on."""
    settings.MEDIA_ROOT = tmp_path / "files"
    chosen = tmp_path / "samples"
    chosen.mkdir()
    for name in ("th-suoi-lim-2025-2026.docx", "th-suoi-lim-2026-2027.docx"):
        (chosen / name).write_bytes((SAMPLES / name).read_bytes())
    monkeypatch.setattr(sample_schools, "SAMPLES", chosen)
    monkeypatch.setattr(
        sample_schools, "_read", lambda file: deepcopy(read(SAMPLES / file.name))
    )  # each file once for all tests

    def made(*day):
        noon = datetime(*day, 5, 0, tzinfo=UTC)
        with patch.object(timezone, "now", lambda: noon):
            sample_schools.make("mat-khau-mau")
            sample_schools.make("mat-khau-mau")

    return made


def in_force():
    return Plan.objects.get(school__slug=SUOI_LIM, state="in_force")


def counted(today):
    rows = [row for row in Action.objects.filter(plan=in_force()) if row.progress_status != "done"]
    days = [(row.ends_on - today).days for row in rows if row.ends_on]
    return sum(day < 0 for day in days), sum(0 <= day <= 14 for day in days)


@pytest.mark.parametrize("day", [(2026, 9, 25), (2026, 11, 22), (2027, 4, 20)])
def test_some_work_is_done_some_late_some_due_soon_on_whatever_day_the_demo_is_made(demo, day):
    demo(*day)
    rows = Action.objects.filter(plan=in_force())
    late, soon = counted(datetime(*day).date())
    assert 25 <= rows.count() <= 35
    assert rows.filter(progress_status="done").count() >= 4
    assert late >= 2
    assert soon >= 4
    assert [row.number for row in rows] == list(range(1, rows.count() + 1))


def test_in_a_later_school_year_the_plan_in_force_is_of_that_year(demo):
    demo(2027, 10, 20)
    assert in_force().year.name == "2027-2028"
    assert set(Plan.objects.exclude(pk=in_force().pk).values_list("state", flat=True)) == {"closed"}


def test_the_plans_went_through_their_steps_and_one_amendment_of_two_changes(demo):
    from caitien.web.plans.adjusted import adjusted

    demo(2026, 11, 22)
    plan = in_force()
    assert list(PlanEvent.objects.filter(plan=plan).order_by("at").values_list("kind", flat=True)) == [
        "submitted", "approved", "put_in_force", "amendment_opened", "amendment_closed",
    ]  # fmt: skip
    amendment = Amendment.objects.get(plan=plan)
    assert amendment.closed_at is not None
    changed = Action.history.filter(amendment=amendment.pk)
    assert changed.count() == 2
    assert adjusted(plan, [amendment])
    assert Plan.objects.get(school=plan.school, state="closed").year.name == "2025-2026"


def test_reports_photographs_comments_and_people_are_there_once(demo):
    demo(2026, 11, 22)
    assert ProgressEntry.objects.filter(author=None).count() == 0
    assert ProgressEntry.objects.values("author").distinct().count() >= 3
    assert ProgressPhoto.objects.count() == 2
    assert Comment.objects.count() == 6
    gone = Person.objects.get(left_on__isnull=False)
    assert gone.involvements.filter(action__plan=in_force()).exists()
    assert Invitation.objects.count() == 1
    assert {person.user.username for person in Person.objects.exclude(user=None)} == {
        name for name, *_rest in sample_schools.PEOPLE
    }
    assert Person.objects.get(name="Tổ giám sát nội bộ").group_members.count() == 3


def test_every_plan_of_the_demo_is_a_plan_that_can_be_shown_checked_and_written(demo):
    from caitien.web.plans.values import to_value

    demo(2026, 11, 22)
    for plan in Plan.objects.all():
        assert len(to_value(plan).actions) == plan.actions.count()


def test_nothing_is_dated_after_the_day_the_demo_is_made(demo):
    demo(2026, 11, 22)
    noon = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert not Action.history.filter(history_date__gt=noon).exists()
    assert not PlanEvent.objects.filter(at__gt=noon).exists()
    assert not ProgressEntry.objects.filter(on__gt=noon.date()).exists()


def test_the_year_is_written_with_words_that_stand_in_the_plan(demo):
    demo(2026, 11, 22)
    said = sample_year.written()
    rows = list(Action.objects.filter(plan=in_force()))
    for one in [*said["reports"], *said["amendment"]["changes"]]:
        assert any((row.content or "").startswith(one["of"]) for row in rows), one["of"]


def test_the_self_assessment_stands_on_evidence_and_is_half_done(demo):
    from caitien.assessment.evidence_health import citations, evidence_findings
    from caitien.assessment.judging import judgement_findings
    from caitien.standards import load
    from caitien.web.assessments.models import Assessment
    from caitien.web.assessments.values import to_value
    from caitien.web.evidence.models import Evidence

    demo(2026, 11, 22)
    found = Assessment.objects.select_related("school", "year").get()
    framework = load(found.framework)
    value = to_value(found)
    assert found.year.name == in_force().year.name
    assert len(value.criteria) == 15
    assert {one.state for one in value.criteria} == {"writing", "submitted", "returned", "approved"}
    assert {one.code for one in citations(value, framework.evidence).citations if one.entry is None} == {"MC.4.2.09"}
    assert judgement_findings(value, framework, datetime(2026, 11, 22).date()) == []
    rules = {one.rule for one in evidence_findings(value, framework, datetime(2026, 11, 22).date())}
    assert {"cited-but-missing", "not-verified", "rejected-but-cited"} <= rules
    assert Evidence.objects.filter(sensitive=True).count() >= 4
    assert value.tables
    assert len(value.council.members) == 7
