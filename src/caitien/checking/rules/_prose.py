"""The words of a plan that people wrote: each text with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caitien.plan.fields import WORDS
from caitien.plan.model import Action, ImprovementPlan, Issue

_NAMES = WORDS["actions"]  # the words that users know the cells by, said in one place
_OF_A_ROW = {
    field: _NAMES.get(field) or _NAMES[f"{field}.text"]
    for field in (
        *("current_state", "weakness", "cause", "content", "objective", "measures", "indicators"),
        *("responsible", "collaborators", "expected_evidence", "progress", "result", "note"),
    )
}
_OF_A_ROUND = ("content", "result", "adjustment")


class Passage(NamedTuple):
    """One text of the plan. `action`: index of its row; `path`: a JSON pointer to the text; `name`: what users call the cell."""

    action: int | None
    field: str
    path: str
    name: str
    text: str


def prose(plan: ImprovementPlan) -> Iterator[Passage]:
    """Every text of the plan that is words, in the order of the paper; each item of a list by itself."""
    for field, name in (("title", "tên kế hoạch"), ("purposes", "mục đích, yêu cầu")):
        yield from _texts(None, field, f"/{field}", name, getattr(plan, field))
    for i, basis in enumerate(plan.legal_bases):
        yield from _texts(None, "legal_bases", f"/legal_bases/{i}/subject", f"căn cứ thứ {i + 1}", basis.subject)
    for i, issue in enumerate(plan.issues):
        yield from _row(None, issue, f"/issues/{i}", f"vấn đề thứ {i + 1}, ")
    for i, action in enumerate(plan.actions):
        yield from _row(i, action, f"/actions/{i}", "")
    for i, role in enumerate(plan.organisation):
        yield from _texts(None, "organisation", f"/organisation/{i}/tasks", "tổ chức thực hiện", role.tasks)
    for i, one in enumerate(plan.monitoring):
        for field in _OF_A_ROUND:
            path, name = f"/monitoring/{i}/{field}", f"đợt giám sát thứ {i + 1}"
            yield from _texts(None, "monitoring", path, name, getattr(one, field))


def _row(index: int | None, row: Action | Issue, path: str, prefix: str) -> Iterator[Passage]:
    for field, name in _OF_A_ROW.items():
        value = getattr(row, field, None)
        if field == "progress" and isinstance(row, Action):
            yield from _texts(index, field, f"{path}/progress/text", name, row.progress.text)
        elif value:
            yield from _texts(index, field if index is not None else "issues", f"{path}/{field}", prefix + name, value)


def _texts(action: int | None, field: str, path: str, name: str, value: str | list[str] | None) -> Iterator[Passage]:
    if isinstance(value, list):
        for j, item in enumerate(value):
            yield Passage(action, field, f"{path}/{j}", name, item)
    elif value:
        yield Passage(action, field, path, name, value)
