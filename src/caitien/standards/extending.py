"""An amended version as what it changes: the raw values of a file laid over those of the one that it extends.

A file with `extends: ID` gives its own head (every top-level field that it has replaces the base's) and `amend`,
a list of changes to the content, each exactly one of:
  replace_criteria {standard, criteria}   the criteria of a standard, all of them
  set {criterion, …}                      fields of a criterion; of `levels`, those with the same number are replaced
  add_level_items [items]                 items of Level 4 added at the end
"""

from __future__ import annotations

from typing import Any

from caitien.standards.marked_yaml import Mapping, Sequence
from caitien.standards.problems import FrameworkFileError, Problem

OPERATIONS = ("replace_criteria", "set", "add_level_items")


def extended(base: Mapping, raw: Mapping, file: str) -> Mapping:
    """Raw values of the amended version; neither argument changes. Raises FrameworkFileError."""
    result: Mapping = _copy(base)
    result.file, result.line = file, raw.line
    for key, value in raw.items():
        if key != "amend":
            result[key] = value
            result.lines[key] = raw.lines[key]
    changes = raw.get("amend", Sequence())
    if not isinstance(changes, Sequence):
        raise _refuse(file, raw.lines["amend"], "amend", "phải là một danh sách các thay đổi.")
    for n, change in enumerate(changes):
        line = changes.lines[n]
        field = f"amend[{n}]"
        if not isinstance(change, Mapping) or len(change) != 1 or next(iter(change)) not in OPERATIONS:
            raise _refuse(file, line, field, f"phải là một trong: {', '.join(OPERATIONS)}.")
        operation, content = next(iter(change.items()))
        try:
            _APPLY[operation](result, content)
        except _Wrong as wrong:
            raise _refuse(file, line, f"{field}.{operation}", str(wrong)) from None
    return result


class _Wrong(Exception):
    """What is wrong with one change."""


def _replace_criteria(result: Mapping, content: Any) -> None:
    if not isinstance(content, Mapping) or set(content) != {"standard", "criteria"}:
        raise _Wrong("cần standard và criteria.")
    standard = _with_code(_all(result, "standards"), content["standard"])
    if standard is None:
        raise _Wrong(f"khung gốc không có tiêu chuẩn “{content['standard']}”.")
    standard["criteria"] = content["criteria"]


def _set(result: Mapping, content: Any) -> None:
    if not isinstance(content, Mapping) or "criterion" not in content:
        raise _Wrong("cần criterion: mã của tiêu chí.")
    everything = [c for s in _all(result, "standards") for c in _all(s, "criteria")] + _all(result, "level_items")
    criterion = _with_code(everything, content["criterion"])
    if criterion is None:
        raise _Wrong(f"khung gốc không có tiêu chí “{content['criterion']}”.")
    for key, value in content.items():
        if key == "levels" and isinstance(value, Sequence):
            _set_levels(criterion, value)
        elif key != "criterion":
            criterion[key] = value
            criterion.lines[key] = content.lines[key]


def _set_levels(criterion: Mapping, levels: Sequence) -> None:
    own = criterion["levels"]
    for n, level in enumerate(levels):
        number = level.get("level") if isinstance(level, Mapping) else None
        place = next((i for i, old in enumerate(own) if old.get("level") == number), None)
        if place is None:
            own.append(level)
            own.lines.append(levels.lines[n])
        else:
            own[place] = level
            own.lines[place] = levels.lines[n]


def _add_level_items(result: Mapping, content: Any) -> None:
    if not isinstance(content, Sequence):
        raise _Wrong("phải là một danh sách.")
    items = result.setdefault("level_items", Sequence())
    if not hasattr(items, "lines"):
        items.file, items.line, items.lines = content.file, content.line, []
    items.extend(content)
    items.lines.extend(content.lines)


_APPLY = {"replace_criteria": _replace_criteria, "set": _set, "add_level_items": _add_level_items}


def _all(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Sequence) else []


def _with_code(values: list[Any], code: Any) -> Any:
    return next((v for v in values if isinstance(v, Mapping) and v.get("code") == code), None)


def _copy(value: Any) -> Any:
    """A copy of raw values with their lines; scalars are shared."""
    if isinstance(value, Mapping):
        mapping = Mapping((k, _copy(v)) for k, v in value.items())
        mapping.file, mapping.line, mapping.lines = value.file, value.line, dict(value.lines)
        return mapping
    if isinstance(value, Sequence):
        sequence = Sequence(_copy(v) for v in value)
        sequence.file, sequence.line, sequence.lines = value.file, value.line, list(value.lines)
        return sequence
    return value


def _refuse(file: str, line: int, field: str, message: str) -> FrameworkFileError:
    return FrameworkFileError([Problem(file, line, field, message)])
