"""An amended version as what it changes: the raw values of a file laid over those of the one that it extends.

A file with `extends: ID` gives its own head (every top-level field that it has replaces the base's) and `amend`,
a list of changes to the content, each exactly one of:
  replace_criteria {standard, criteria}   the criteria of a standard, all of them
  set {criterion, …}                      fields of a criterion; of `levels`, those with the same number are replaced
  add_level_items [items]                 items of Level 4 added at the end
"""

from __future__ import annotations

from typing import Any

from caitien.standards.marked_yaml import Mapping, Place, Sequence
from caitien.standards.problems import FrameworkFileError, Problem

OPERATIONS = ("replace_criteria", "set", "add_level_items")


def extended(base: Mapping, raw: Mapping) -> Mapping:
    """Raw values of the amended version; neither argument changes. Raises FrameworkFileError."""
    result: Mapping = _copy(base)
    result.place = raw.place
    for key, value in raw.items():
        if key != "amend":
            result[key] = value
            result.places[key] = raw.places[key]
    changes = raw.get("amend", Sequence())
    if not isinstance(changes, Sequence):
        raise _refuse(raw.places["amend"], "amend", "phải là một danh sách các thay đổi.")
    for n, change in enumerate(changes):
        place = changes.places[n]
        field = f"amend[{n}]"
        if not isinstance(change, Mapping) or len(change) != 1 or next(iter(change)) not in OPERATIONS:
            raise _refuse(place, field, f"phải là một trong: {', '.join(OPERATIONS)}.")
        operation, content = next(iter(change.items()))
        try:
            _APPLY[operation](result, content)
        except _Wrong as wrong:
            raise _refuse(place, f"{field}.{operation}", str(wrong)) from None
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
    standard.places["criteria"] = content.places["criteria"]


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
            criterion.places[key] = content.places[key]


def _set_levels(criterion: Mapping, levels: Sequence) -> None:
    own = criterion.get("levels")
    if not isinstance(own, Sequence):
        raise _Wrong(f"ở khung gốc, tiêu chí “{criterion.get('code')}” không có danh sách các mức.")
    for level, place in zip(levels, levels.places, strict=True):
        number = _number(level)
        at = next((i for i, old in enumerate(own) if _number(old) == number), None)
        if at is None:
            own.append(level)
            own.places.append(place)
        else:
            own[at] = level
            own.places[at] = place


def _number(level: Any) -> Any:
    return level.get("level") if isinstance(level, Mapping) else None


def _add_level_items(result: Mapping, content: Any) -> None:
    if not isinstance(content, Sequence):
        raise _Wrong("phải là một danh sách.")
    items = result.get("level_items")
    if not isinstance(items, Sequence):
        items = Sequence()
        items.place, items.places = content.place, []
        result["level_items"], result.places["level_items"] = items, content.place
    items.extend(content)
    items.places.extend(content.places)


_APPLY = {"replace_criteria": _replace_criteria, "set": _set, "add_level_items": _add_level_items}


def _all(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Sequence) else []


def _with_code(values: list[Any], code: Any) -> Any:
    return next((v for v in values if isinstance(v, Mapping) and v.get("code") == code), None)


def _copy(value: Any) -> Any:
    """A copy of raw values with their places; scalars are shared."""
    if isinstance(value, Mapping):
        mapping = Mapping((k, _copy(v)) for k, v in value.items())
        mapping.place, mapping.places = value.place, dict(value.places)
        return mapping
    if isinstance(value, Sequence):
        sequence = Sequence(_copy(v) for v in value)
        sequence.place, sequence.places = value.place, list(value.places)
        return sequence
    return value


def _refuse(place: Place, field: str, message: str) -> FrameworkFileError:
    return FrameworkFileError([Problem(place.file, place.line, field, message)])
