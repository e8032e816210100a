"""Apply one fix to a plan: set a value, then derive again what depends on it."""

from __future__ import annotations

import re
from typing import Any

from caitien.errors import PlanFormatError
from caitien.plan.model import Fix, ImprovementPlan, Period, Progress
from caitien.plan.money import parse_money
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress


def apply_fix(plan: ImprovementPlan, fix: Fix) -> ImprovementPlan:
    """The plan with `fix.value` at `fix.path` (a JSON pointer, RFC 6901); the plan given is not changed.

    Dates follow when the words of a period change, the status those of the progress, the amount those of the money;
    what a duplicate row said of a field that has been settled is forgotten. Raises PlanFormatError for a path that the
    plan does not have, or a value that does not fit there.
    """
    steps = _steps(fix.path)
    value = plan.to_dict()
    _set(value, steps, fix.value)
    try:
        changed = ImprovementPlan.model_validate(value)
    except ValueError as error:
        raise PlanFormatError(f"Không sửa được: giá trị mới không hợp với ô “{fix.path}” của kế hoạch.") from error
    if len(steps) >= 3 and steps[0] == "actions" and steps[1].isdigit():
        _derive(changed, int(steps[1]), steps[2:])
    return changed


def _derive(plan: ImprovementPlan, index: int, steps: list[str]) -> None:
    action = plan.actions[index]
    if steps == ["period", "text"]:
        action.period = Period.model_validate(parse_period(action.period.text, plan.school_year))
    elif steps == ["progress", "text"]:
        action.progress = Progress.model_validate(parse_progress(action.progress.text))
    elif steps[0] == "resources" and steps[-1] in ("text", "budget_text"):
        money = parse_money(action.resources.budget_text or action.resources.text)
        action.resources.budget_vnd = money.vnd
        action.resources.funding_sources = list(money.sources) or action.resources.funding_sources
    if not steps[-1].isdigit():  # one item of a list is mended: the field is not settled by it
        for alternative in action.alternatives:
            alternative.values.pop(steps[0], None)


def _steps(path: str) -> list[str]:
    if not path.startswith("/"):
        raise PlanFormatError(f"Không sửa được: “{path}” không phải là đường dẫn tới một ô của kế hoạch.")
    return [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]


def _set(value: Any, steps: list[str], new: Any) -> None:
    place = value
    try:
        for step in steps[:-1]:
            place = place[_index(place, step)]
        last = _index(place, steps[-1])
        if isinstance(place, list) and last == len(place):
            place.append(new)
        elif isinstance(place, dict) and steps[-1] not in place:
            raise KeyError(steps[-1])
        else:
            place[last] = new
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise PlanFormatError(f"Không sửa được: kế hoạch không có ô “/{'/'.join(steps)}”.") from error


def _index(place: Any, step: str) -> Any:
    """A key of an object, an index of a list ("-" is behind its last)."""
    if not isinstance(place, list):
        return step
    if step == "-":
        return len(place)
    if not re.fullmatch(r"0|[1-9]\d*", step):
        raise ValueError(step)
    return int(step)
