"""From a weakness to what the plan does about it: an issue of a plan made of weaknesses, an action made of an issue.

Which plan, what is carried, and taking it back. The plan's own rules hold: a plan that is locked refuses with its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from caitien.plan.text import one_space
from caitien.web.assessments.editing import held, new_batch, save
from caitien.web.assessments.models import Assessment, CriterionReview, LevelReview, Weakness
from caitien.web.assessments.weaknesses import answer
from caitien.web.plans.editing import held as held_plan
from caitien.web.plans.frameworks import framework as framework_of
from caitien.web.plans.issue_editing import create_issues
from caitien.web.plans.issues_proposed import action_from
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.undoing_all import undo_all
from caitien.web.plans.values import standard_of

STATE_LETTERS = 700
"""Of a description, so many letters are carried into the plan's column "Đánh giá hiện trạng", whole sentences."""
MADE = gettext_noop("Lập từ hạn chế của tự đánh giá")


def plans_for(assessment: Assessment) -> list[Plan]:
    """The school's plans that are not closed, the most likely first: of the coming year, of this one, then the newest (one query)."""
    rows = Plan.objects.for_school(assessment.school).select_related("year").exclude(state=Plan.State.CLOSED)
    found = [plan for plan in rows if plan.year is None or plan.year.name >= assessment.year.name]
    coming = next_year(assessment.year.name)
    order = {coming: 0, assessment.year.name: 1}
    for plan in found:
        plan.school = assessment.school
    return sorted(found, key=lambda plan: order.get(plan.year.name if plan.year else "", 2))


def next_year(name: str) -> str:
    """ "2026-2027" -> "2027-2028"; what is no school year stays."""
    first, dash, last = name.partition("-")
    return f"{int(first) + 1}-{int(last) + 1}" if dash and first.isdecimal() and last.isdecimal() else name


def issue_columns(
    weaknesses: Sequence[Weakness],
    state_of: Callable[[str], str],
    code_of: Callable[[str], list[str]] = lambda code: [code],
) -> dict[str, Any]:
    """The columns of the issue that answers weaknesses. `state_of`: hiện trạng of a criterion; `code_of`: its codes in the
    plan's framework. Values only."""
    own = list(dict.fromkeys(code for one in weaknesses for code in _criteria(one)))
    criteria = list(dict.fromkeys(new for code in own for new in code_of(code)))
    standards = list(dict.fromkeys(one.standard for one in weaknesses if one.standard))
    causes = list(dict.fromkeys(cause for one in weaknesses if (cause := one.cause.strip())))
    states = [state for code in own if (state := state_of(code))]
    return {
        "criteria": criteria,
        "standard": standard_of(criteria) or (standards[0] if len(standards) == 1 else None) or None,
        "current_state": "\n".join(states) or None,
        "weakness": "\n".join(dict.fromkeys(one.text.strip() for one in weaknesses)),
        "cause": "\n".join(causes) or None,
    }


def current_state(level_titles: dict[int, str], levels: Sequence[LevelReview]) -> str:
    """Hiện trạng of a criterion for the plan: how it was judged, and what was written at the lowest level that is not met."""
    judged = [f"{level_titles[one.level]} {words}" for one in levels if (words := JUDGED_WORDS.get(one.judged))]
    wanted = next((one for one in levels if one.judged != "met" and one.description.strip()), None)
    wanted = wanted or next((one for one in reversed(levels) if one.description.strip()), None)
    if wanted is None and not judged:
        return ""
    said = f"Tiêu chí {levels[0].criterion}" + (f" ({', '.join(judged)})" if judged else "")
    return f"{said}: {beginning(wanted.description)}" if wanted is not None else f"{said}."


JUDGED_WORDS = {"met": "đạt", "not_met": "không đạt"}


def beginning(text: str, most: int = STATE_LETTERS) -> str:
    """The first whole sentences of a text, at most so many letters; a first sentence that is longer is cut at a word."""
    text = one_space(text)
    if len(text) <= most:
        return text
    cut = max(text.rfind(mark, 0, most) for mark in (". ", "; ", "! ", "? "))
    return text[: cut + 1].rstrip(";") if cut > most // 4 else text[:most].rsplit(" ", 1)[0].rstrip(",;") + "…"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and the name under which it is taken back. `fresh` False: it was there already (two clicks, two people)."""

    issue: Issue
    batch: UUID
    action: Action | None = None
    fresh: bool = True


def make_issue(assessment: Assessment, plan: Plan, rows: Sequence[Weakness], *, user: Any) -> Made:
    """One issue of a plan that answers these weaknesses. Raises PlanLocked; nothing is changed then.

    When an issue of this plan answers them already, it is given and none is made.
    """
    batch = new_batch()
    with transaction.atomic():
        held(assessment)
        if (there := _answering(assessment, plan, rows)) is not None:
            return Made(there, batch, fresh=False)
        found = framework_of(assessment.framework)
        titles = {level.number: level.title for level in found.levels} if found else {}
        levels = _levels(assessment, {code for one in rows for code in _criteria(one)})
        columns = issue_columns(
            rows,
            lambda code: current_state(titles, levels[code]) if titles and code in levels else "",
            code_in_plan(assessment, plan),
        )
        issue = create_issues(plan, [columns], user=user, reason=MADE, batch=batch)[0]
        for one in rows:
            answer(one, issue.pk, user=user, batch=batch)
    return Made(issue, batch)


def choose_issue(assessment: Assessment, issue: Issue | None, rows: Sequence[Weakness], *, user: Any) -> UUID:
    """Says that an issue that is there already answers these weaknesses (None: nothing does); gives the batch."""
    batch = new_batch()
    with transaction.atomic():
        held(assessment)
        for one in rows:
            if one.issue_id != (issue.pk if issue else None):
                answer(one, issue.pk if issue else None, user=user, batch=batch)
    return batch


def make_action(plan: Plan, issue: Issue, *, user: Any, seen: int | None = None) -> Made:
    """An action of the plan that answers an issue: its criteria, weakness and cause are carried. Raises PlanLocked.

    `seen`: how many actions of the issue the page showed; when there are more by now, the newest is given and none is made.
    """
    batch = new_batch()
    with transaction.atomic():
        held_plan(plan)
        there = list(Action.objects.for_school(plan.school_id).filter(plan=plan, issue=issue))
        if seen is not None and len(there) > seen:
            return Made(issue, batch, there[-1], fresh=False)
        return Made(issue, batch, action_from(plan, issue, user=user, batch=batch))


def take_back(assessment: Assessment, batch: UUID, *, user: Any) -> int:
    """Takes back what was made or said under a batch: issues and actions leave the plan, weaknesses are answered as before.

    Gives how many rows are as they were; 0 when there is no such batch. Raises PlanLocked.
    """
    reason = gettext_noop("Hoàn tác")
    done = 0
    with transaction.atomic():
        held(assessment)
        lines = list(Weakness.history.filter(school=assessment.school, assessment=assessment, batch=batch))
        for line in lines:
            row = Weakness.everything.for_school(assessment.school).filter(pk=line.id).first()
            before = Weakness.history.filter(school=assessment.school, id=line.id, version=line.version - 1).first()
            if row is None or before is None or row.issue_id != line.issue_id:
                continue  # somebody said something else since: that stays
            row.assessment, row.school = assessment, assessment.school
            wanted = {"issue_id": before.issue_id}
            save(row, wanted, seen=row.version, user=user, reason=reason, whatever_it_was=True)
            done += 1
        for plan in _plans_of(assessment, batch):
            undone = undo_all(plan, batch, user=user, reason=reason)
            done += undone.undone if undone else 0
    return done


def code_in_plan(assessment: Assessment, plan: Plan) -> Callable[[str], list[str]]:
    """How a criterion of the assessment is called in the framework of the plan: by the crosswalk when they differ."""
    if not plan.framework or plan.framework == assessment.framework:
        return lambda code: [code]
    found = framework_of(assessment.framework)
    if found is None:
        return lambda code: []

    def codes(code: str) -> list[str]:
        from caitien.web.frameworks.seen import counterparts

        groups = [group for group in counterparts(found, code) if group["framework"].id == plan.framework]
        rows = [row for group in groups for row in group["rows"]]
        return [row["code"] for row in rows if row["main"]] or [row["code"] for row in rows[:1]]

    return codes


def _answering(assessment: Assessment, plan: Plan, rows: Sequence[Weakness]) -> Issue | None:
    """The issue of the plan that answers all of these weaknesses now; None when there is none such."""
    keys = [one.pk for one in rows]
    now = set(Weakness.objects.for_school(assessment.school).filter(pk__in=keys).values_list("issue", flat=True))
    if len(now) != 1 or now == {None}:
        return None
    found: Issue | None = Issue.objects.for_school(assessment.school).filter(plan=plan, pk__in=now).first()
    return found


def _criteria(one: Weakness) -> list[str]:
    return list(one.criteria) or ([one.criterion] if one.criterion else [])


def _levels(assessment: Assessment, codes: set[str]) -> dict[str, list[LevelReview]]:
    """The levels of criteria, in order (one query)."""
    rows = LevelReview.objects.for_school(assessment.school).filter(
        review__in=CriterionReview.objects.filter(school=assessment.school, assessment=assessment, code__in=codes)
    )
    found: dict[str, list[LevelReview]] = {}
    for row in rows.order_by("criterion", "level"):
        found.setdefault(row.criterion, []).append(row)
    return found


def _plans_of(assessment: Assessment, batch: UUID) -> list[Plan]:
    """The plans in which something was done under a batch."""
    keys = set(Issue.history.filter(school=assessment.school, batch=batch).values_list("plan_id", flat=True))
    keys |= set(Action.history.filter(school=assessment.school, batch=batch).values_list("plan_id", flat=True))
    plans = list(Plan.objects.for_school(assessment.school).filter(pk__in=keys))
    for plan in plans:
        plan.school = assessment.school
    return plans
