"""Two editors of the head and of an issue, in any order of opening and saving: no word that was accepted is lost unseen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.web.plans.editing import version_of
from caitien.web.plans.head_editing import head_version, part_of, save_head
from caitien.web.plans.issue_editing import create_issues, save_issue
from caitien.web.plans.models import Issue, Plan
from caitien.web.plans.values import store
from web.invented import plan_value

pytestmark = pytest.mark.django_db

PARTS = ("document.number", "document.place", "purposes", "title")
FIELDS = ("weakness", "cause")
# (who, opens the page or saves, which fields she writes)
STEPS = st.lists(
    st.tuples(st.sampled_from("AB"), st.booleans(), st.sets(st.integers(0, 3), min_size=1)), min_size=2, max_size=14
)
OFTEN = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Model:
    """What must stand in each field: the last word that was accepted; and what each editor has before her eyes."""

    def __init__(self, read):
        self.read, self.stands, self.seen = read, read(), {"A": read(), "B": read()}

    def check(self, who: str, wanted: dict, clashes: set) -> None:
        must_clash = {
            name for name, value in wanted.items()
            if self.stands[name] != self.seen[who][name] and value not in (self.stands[name], self.seen[who][name])
        }  # fmt: skip
        assert clashes == must_clash
        if not clashes:
            changed = {name: value for name, value in wanted.items() if value != self.seen[who][name]}
            self.stands |= changed
        assert self.read() == self.stands


@OFTEN
@given(steps=STEPS)
def test_in_the_head(school, steps):
    plan = store(school, plan_value(1), None)
    plan.school = school

    def read():
        now = Plan.objects.get(pk=plan.pk)
        return {name: part_of(now, name) for name in PARTS}

    model, version = Model(read), {"A": 1, "B": 1}
    for number, (who, opens, places) in enumerate(steps):
        if opens:
            version[who], model.seen[who] = Plan.objects.get(pk=plan.pk).version, read()
            continue
        wanted = {PARTS[n]: ([f"{who}{number}"] if PARTS[n] == "purposes" else f"{who}{number}") for n in places}
        base = head_version(Plan.objects.get(pk=plan.pk), version[who])
        outcome = save_head(plan, wanted, base=base, user=None)
        model.check(who, wanted, {clash.field for clash in outcome.clashes})


@OFTEN
@given(steps=STEPS)
def test_in_an_issue(school, steps):
    plan = store(school, plan_value(1), None)
    plan.school = school
    issue = create_issues(plan, [{"weakness": "Trước", "cause": "Trước"}], user=None)[0]

    def read():
        now = Issue.objects.get(pk=issue.pk)
        return {name: getattr(now, name) for name in FIELDS}

    model, version = Model(read), {"A": 1, "B": 1}
    for number, (who, opens, places) in enumerate(steps):
        if opens:
            version[who], model.seen[who] = Issue.objects.get(pk=issue.pk).version, read()
            continue
        wanted = {FIELDS[n % 2]: f"{who}{number}" for n in places}
        base = version_of(Issue.objects.get(pk=issue.pk), version[who])
        columns = {name: {name: value} for name, value in wanted.items()}
        outcome = save_issue(plan, issue.pk, columns, base=base, user=None)
        model.check(who, wanted, {clash.field for clash in outcome.clashes})
