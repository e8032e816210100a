"""Who changed what, when, from what to what: history records as sentences of a page; and taking a change back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from caitien.web.plans.fields import STATUSES, Columns
from caitien.web.plans.models import Action
from caitien.web.plans.recorded import RECORDED
from caitien.web.plans.states import changes_content
from caitien.web.schools.reasons import said
from caitien.web.ui.differences import Parts, differences

LONGEST_WORDS = 1_500  # letters of a text in the list; the history has all of it
LONGEST_LIST = 60  # changes shown of one action; the rest is in the history all the same


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`before_parts`, `after_parts`: the same words cut up, with what sets the two apart marked."""

    name: str
    label: Any
    before: str
    after: str
    before_parts: Parts = ()
    after_parts: Parts = ()
    is_list: bool = False  # of lines: only those that came and went are shown


@dataclass(frozen=True, slots=True)
class Change:
    """One saving of an action. `first`: its beginning, with nothing before it; `is_report`: nothing of its content changed."""

    record: Any
    when: datetime
    who: Any
    reason: str
    fields: list[FieldChange]
    first: bool = False
    is_report: bool = False


def changes_of(action: Action, most: int = LONGEST_LIST) -> list[Change]:
    """The changes of an action, newest first, at most `most` savings (one query)."""
    records = list(
        Action.history.filter(id=action.pk, school_id=action.school_id)
        .select_related("history_user")
        .order_by("-version", "-history_date")[: most + 1]
    )
    found = [_change(after, before) for after, before in pairwise(records)]
    if records and len(records) <= most:
        start = records[-1]
        found.append(
            Change(start, start.history_date, start.history_user, said(start.history_change_reason), [], first=True)
        )
    return [change for change in found if change.first or change.fields]


def taken_back(record: Any, before: Any) -> dict[str, Columns]:
    """What would undo the change from `before` to `record`: field name to columns as they were."""
    return {name: field.of(before) for name, field in RECORDED.items() if field.of(before) != field.of(record)}


def words(name: str, row: Any) -> str:
    """The words of a field in a history list."""
    shown = RECORDED[name].shown(row)
    if name == "progress_status":
        return str(STATUSES.get(shown, shown))
    if name == "period":
        from caitien.web.ui.vietnamese import derived_period

        dates = derived_period(row.period_start, row.period_end)
        return f"{shown} ({dates})" if shown and dates else shown or dates
    return shown


def _change(after: Any, before: Any) -> Change:
    changed = [(name, field) for name, field in RECORDED.items() if field.of(before) != field.of(after)]
    was, now = ({k: v for _, field in changed for k, v in field.of(row).items()} for row in (before, after))
    return Change(
        after,
        after.history_date,
        after.history_user,
        said(after.history_change_reason),
        [
            _field_change(name, field.label, now[field.columns[0]], words(name, before), words(name, after))
            for name, field in changed
        ],
        is_report=not changes_content(was, now),
    )


def _field_change(name: str, label: Any, value: Any, before: str, after: str) -> FieldChange:
    shown = [
        text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}…" for text in _what_differs(before, after)
    ]
    if all(shown):
        parts = differences(shown, items=name in ("responsible", "collaborators", "criteria"))
    else:
        parts = [((text, False),) if text else () for text in shown]
    return FieldChange(name, label, before, after, *parts, is_list=isinstance(value, list))


def _what_differs(before: str, after: str) -> tuple[str, str]:
    """Of texts of several lines only the lines that the other does not have; all of them when only their order differs."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) < 2 and len(new) < 2:
        return before, after
    gone = [line for line in old if line not in new]
    come = [line for line in new if line not in old]
    return ("\n".join(gone), "\n".join(come)) if gone or come else (before, after)
