"""What a reviewer decided, as plain JSON, and the plan that comes of it. Values in, values out: no database here.

{"facts":   {"school_year": "2025-2026", "framework": "…", …},         what the head of the plan is to say
 "rows":    {"3": {"responsible": ["Tổ khối 1"], …}},                  index of the action as read -> fields as decided
 "settled": {"3.responsible": "second", "chung": "confirmed"},         question -> how it was answered
 "dropped": [7],                                                       actions as read that do not enter the plan
 "seen":    [0, 1, 2]}                                                 actions that a person looked at and took as read
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from caitien.plan import ImprovementPlan
from caitien.plan.periods import parse_period
from caitien.web.documents.fields import BY_NAME, field_called, set_value, text_of, typed, value_of

FACTS = "chung"
"""The question about the plan as a whole: school, school year, framework, head of the document."""

COLUMN_RULE = "unknown-column"
AMOUNT_RULE = "unread-amount"

FACT_PATHS: dict[str, tuple[str, ...]] = {
    "school_name": ("school", "name"),
    "school_year": ("school_year",),
    "framework": ("framework",),
    "title": ("title",),
    "document_number": ("document", "number"),
    "place": ("document", "place"),
    "date": ("document", "date"),
    "signer_role": ("document", "signer", "role"),
    "signer_name": ("document", "signer", "name"),
    "level_reached": ("level_reached",),
    "legal_bases": ("legal_bases",),
    "prior_results": ("prior_results",),
}
"""What a form calls a fact -> where it stands in the plan value."""


def apply(plan_value: dict[str, Any] | ImprovementPlan, decisions: dict[str, Any] | None) -> ImprovementPlan:
    """The plan value with every decision in it. Findings of settled questions are gone; the others stay with the plan.

    When the school year was corrected, periods that nobody touched are derived again from their words.
    """
    value = plan_value.to_dict() if isinstance(plan_value, ImprovementPlan) else copy.deepcopy(plan_value)
    decided = decisions or {}
    read_for = value.get("school_year")
    for name, fact in decided.get("facts", {}).items():
        _put(value, FACT_PATHS[name], fact)
    value["actions"] = actions_after(value.get("actions", []), decided, value.get("school_year"), read_for)
    settled = decided.get("settled", {})
    findings = value.get("findings", [])
    questions = [question_of(finding, number) for number, finding in enumerate(findings)]
    value["findings"] = [f for f, question in zip(findings, questions, strict=True) if question not in settled]
    _drop(value, set(decided.get("dropped", [])))
    return ImprovementPlan.model_validate(value)


def actions_after(
    actions: list[dict[str, Any]], decisions: dict[str, Any], school_year: str | None, read_for: str | None
) -> list[dict[str, Any]]:
    """The actions as decided, none left out yet. `read_for`: the school year that the periods were derived for."""
    changed = copy.deepcopy(actions)
    rows = {int(index): fields for index, fields in decisions.get("rows", {}).items()}
    for column in decisions.get("columns", {}).values():
        for index, text in column["texts"].items():
            if int(index) < len(changed):
                _add_text(changed[int(index)], column["field"], text, school_year)
    if school_year != read_for:
        _derive_periods_again(changed, school_year)
    for index, fields in rows.items():
        for name, field_value in fields.items():
            if index < len(changed):
                set_value(changed[index], name, field_value)
    return changed


def question_of(finding: dict[str, Any], number: int) -> str:
    """The id of the question that a finding raises: "3.responsible", "3.", "cot.5" (a column), or "chung".

    `number`: the finding's index among the plan's findings.
    """
    action = finding.get("action")
    if action is not None:
        name = "budget" if finding.get("rule") == AMOUNT_RULE else field_called(finding.get("field")) or ""
        return f"{action}.{name}"
    return f"cot.{number}" if finding.get("rule") == COLUMN_RULE else FACTS


def answer(decisions: dict[str, Any], question: str, how: str, fields: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Decisions with a question settled. `fields`: what is to stand in which action; nothing when all stays as read."""
    decided = _complete(decisions)
    decided["settled"][question] = how
    for index, values in fields.items():
        decided["rows"].setdefault(str(index), {}).update(values)
    return decided


def name_column(decisions: dict[str, Any], question: str, name: str, texts: dict[int, str]) -> dict[str, Any]:
    """Decisions with an unknown column named: `texts` (by action) are added to the field `name`; "ignore" adds nothing."""
    decided = _complete(decisions)
    decided["settled"][question] = name
    decided["columns"].pop(question, None)
    if name != "ignore":
        decided["columns"][question] = {"field": name, "texts": {str(i): text for i, text in texts.items() if text}}
    return decided


def reopen(decisions: dict[str, Any], question: str) -> dict[str, Any]:
    """Decisions with a question open again; what it had set in its row goes back to what was read."""
    decided = _complete(decisions)
    how = decided["settled"].pop(question, None)
    decided["columns"].pop(question, None)
    index, _, name = question.partition(".")
    if name and how is not None and index.isdecimal():
        decided["rows"].get(index, {}).pop(name, None)
    return decided


def edit_row(decisions: dict[str, Any], index: int, values: dict[str, Any]) -> dict[str, Any]:
    """Decisions with fields of a row typed anew; questions about these fields are thereby settled, the row is seen."""
    decided = _complete(decisions)
    decided["rows"].setdefault(str(index), {}).update(values)
    for name in values:
        decided["settled"][f"{index}.{name}"] = "typed"
    return see(decided, [index])


def state_facts(decisions: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """Decisions with the facts of the document confirmed as given."""
    decided = _complete(decisions)
    decided["facts"].update({name: fact for name, fact in facts.items() if name in FACT_PATHS})
    decided["settled"][FACTS] = "confirmed"
    return decided


def see(decisions: dict[str, Any], indices: Iterable[int], settled: Iterable[str] = ()) -> dict[str, Any]:
    """Decisions with these rows taken as they are; `settled`: questions that are answered thereby with "as read"."""
    decided = _complete(decisions)
    decided["seen"] = sorted({*decided["seen"], *indices})
    decided["settled"] |= {question: "keep" for question in settled if question not in decided["settled"]}
    return decided


def drop(decisions: dict[str, Any], index: int, *, back: bool = False) -> dict[str, Any]:
    """Decisions with a row left out of the plan (`back`: taken in again)."""
    decided = _complete(decisions)
    kept = {i for i in decided["dropped"] if i != index}
    decided["dropped"] = sorted(kept if back else {*kept, index})
    return decided


def _complete(decisions: dict[str, Any] | None) -> dict[str, Any]:
    return {"facts": {}, "rows": {}, "columns": {}, "settled": {}, "dropped": [], "seen": []} | copy.deepcopy(
        decisions or {}
    )


def _put(value: dict[str, Any], path: tuple[str, ...], fact: Any) -> None:
    for name in path[:-1]:
        value[name] = dict(value.get(name) or {})
        value = value[name]
    value[path[-1]] = fact


def _derive_periods_again(actions: list[dict[str, Any]], year: str | None) -> None:
    for action in actions:
        if text := (action.get("period") or {}).get("text"):
            action["period"] = parse_period(text, year).model_dump(mode="json")


def _add_text(action: dict[str, Any], name: str, text: str, year: str | None) -> None:
    """Put the words of a column into a field; what stands there already stays before them."""
    before = text_of(name, value_of(action, name))
    joint = "; " if BY_NAME[name].kind in ("people", "period", "money", "criteria") else "\n"
    set_value(action, name, typed(name, f"{before}{joint}{text}" if before else text, year))


def _drop(value: dict[str, Any], dropped: set[int]) -> None:
    if not dropped:
        return
    actions = value.get("actions", [])
    new_index = {old: new for new, old in enumerate(i for i in range(len(actions)) if i not in dropped)}
    value["actions"] = [action for index, action in enumerate(actions) if index in new_index]
    kept = []
    for finding in value.get("findings", []):
        index = finding.get("action")
        if index is not None and index not in new_index:
            continue
        if index is not None:
            finding["action"] = new_index[index]
        finding["fixes"] = [fix for fix in finding.get("fixes") or [] if _moved(fix, new_index)]
        kept.append(finding)
    value["findings"] = kept


def _moved(fix: dict[str, Any], new_index: dict[int, int]) -> bool:
    """Point a fix at the row's new place. False when its row is gone."""
    found = re.match(r"/actions/(\d+)(.*)", fix.get("path") or "")
    if not found:
        return True
    if int(found[1]) not in new_index:
        return False
    fix["path"] = f"/actions/{new_index[int(found[1])]}{found[2]}"
    return True
