"""Vấn đề trọng tâm of the new plan, proposed from the weaknesses of what is carried, a row a criterion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from caitien.errors import FrameworkError
from caitien.plan.model import ImprovementPlan, Issue
from caitien.plan.text import lines_of, one_space, squash
from caitien.planning.decisions import Decision
from caitien.planning.prior import prior_words
from caitien.standards import load


def propose_issues(
    plan: ImprovementPlan, old: ImprovementPlan, from_year: str, decisions: list[Decision]
) -> ImprovementPlan:
    """A copy of the plan with issues: those it has, else one for each main criterion of its actions.

    A plan that writes weaknesses gets issues from them alone; one that writes none gets a row for each criterion with the
    weakness to be written (Biểu 2 of Thông tư 57/2026 begins with them). Plans of the older forms get none.
    Each action says which issue it answers (`answers_issue`).
    """
    new = plan.model_copy(deep=True)
    if new.issues:
        _still_issues(new, decisions)
        return new
    if not (new.framework or "").startswith("tt57"):
        return new
    some = any(one_space(action.weakness) for action in new.actions)
    groups: dict[str, list[int]] = {}
    for n, action in enumerate(new.actions):
        if action.criteria and (one_space(action.weakness) or not some):
            groups.setdefault(action.criteria[0], []).append(n)
    for code in sorted(groups, key=_order):
        issue = _issue(new, code, groups[code], old, from_year)
        new.issues.append(issue)
        issue.number = len(new.issues)
        decisions.append(_decision(issue, groups[code], len(new.issues) - 1))
    _link(new)
    return new


def _issue(plan: ImprovementPlan, code: str, members: list[int], old: ImprovementPlan, from_year: str) -> Issue:
    actions = [plan.actions[n] for n in members]
    standard = _standard(plan.framework, code)
    extra: dict[str, Any] = {"proposed": True, "from_actions": members}
    if old.framework != plan.framework:
        moves = [move for a in actions for move in (a.model_extra or {}).get("carried", {}).get("moves", [])]
        codes = list(
            dict.fromkeys(c for a in actions for c in (a.model_extra or {}).get("carried", {}).get("criteria", []))
        )
        extra["carried"] = {"status": "proposed", "framework": old.framework, "criteria": codes, "moves": moves}
    return Issue(
        standard=standard,
        criteria=[code],
        current_state=_together(a.current_state or prior_words(a) for a in actions),
        weakness=_together(a.weakness for a in actions),
        cause=_together(a.cause for a in actions),
        **extra,
    )


def _standard(framework: str | None, code: str) -> str:
    try:
        found = load(framework).standard(code) if framework else None
    except FrameworkError:
        found = None
    return found.code if found else code.split(".")[0]


def _decision(issue: Issue, members: list[int], index: int) -> Decision:
    place = f"/issues/{index}"
    rows = ", ".join(str(n + 1) for n in members)
    head = f"Vấn đề {index + 1} (tiêu chí {issue.criteria[0]}, từ mục {rows})"
    if issue.weakness:
        said = f"{head}: đề xuất từ điểm yếu đã ghi; giữ, gộp hay bỏ?"
    else:
        said = f"{head}: chưa có điểm hạn chế; hãy viết, hoặc bỏ vấn đề này nếu không phải trọng tâm."
    return Decision("issue", place, said, None, None, applied=True)


def _still_issues(plan: ImprovementPlan, decisions: list[Decision]) -> None:
    """Issues of the old plan: those that no action answers any more are asked about."""
    at_work = {code for action in plan.actions for code in action.criteria}
    for n, issue in enumerate(plan.issues):
        if issue.criteria and not at_work & set(issue.criteria):
            said = f"Vấn đề {n + 1} (tiêu chí {', '.join(issue.criteria)}) không còn mục nào chưa xong: còn là vấn đề trọng tâm không?"
            decisions.append(Decision("issue", f"/issues/{n}", said))
    _link(plan)


def _link(plan: ImprovementPlan) -> None:
    for action in plan.actions:
        found = next((i for i in plan.issues if action.criteria and action.criteria[0] in i.criteria), None)
        if found is not None and action.model_extra is not None:
            action.model_extra["answers_issue"] = found.number


def _together(texts: Iterable[str | None]) -> str | None:
    """The lines of several texts, each once."""
    kept: dict[str, str] = {}
    for text in texts:
        for line in lines_of(text):
            kept.setdefault(squash(line), line)
    return "\n".join(kept.values()) or None


def _order(code: str) -> tuple[bool, list[int]]:
    return not code[:1].isdigit(), [int(part) for part in code.lstrip("Mm").split(".") if part.isdecimal()]
