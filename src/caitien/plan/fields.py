"""The fields of a plan as comparing and merging see them: what belongs together, and what each is called on screen.

A plan is taken here as its JSON value. Text and what is derived from it are one field (a period's words and its dates, an
amount and its words): they can neither be compared nor merged apart.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

RECORD_LISTS = ("actions", "issues", "monitoring")
"""Lists whose entries are matched one by one; every other list is one field of the plan."""

NOT_CONTENT = frozenset({"schema", "findings"})
"""What a plan value says about itself, or about the file it was read from: never compared."""
NOT_CONTENT_OF_RECORDS = frozenset({"provenance", "alternatives"})

RECORD_WORDS = {"actions": "Mục", "issues": "Vấn đề", "monitoring": "Đợt giám sát"}

ITEM_LISTS = frozenset(
    {
        "criteria",
        "measures",
        "indicators",
        "responsible",
        "collaborators",
        "expected_evidence",
        "resources.funding_sources",
        "resources.lines",
        "measures_done",
        "indicator_values",
        "evidence_at_hand",
        "purposes",
        "recipients",
        "sections",
        "legal_bases",
        "prior_results",
        "organisation",
    }
)
"""Fields that are lists whose items stand for themselves, so that they can be merged item by item."""

_UNITS: dict[str, dict[str, tuple[str, ...]]] = {
    "actions": {
        "resources.budget": ("budget_vnd", "budget_text"),
        "progress.status": ("status", "percent"),
    },
    "plan": {},
}
_SPLIT = {"actions": frozenset({"resources", "progress"}), "plan": frozenset({"school", "document", "document.signer"})}

WORDS = {
    "actions": {
        "number": "số thứ tự",
        "criteria": "tiêu chí",
        "current_state": "hiện trạng",
        "weakness": "điểm yếu",
        "cause": "nguyên nhân",
        "content": "nội dung",
        "objective": "mục tiêu",
        "measures": "biện pháp",
        "measures_done": "biện pháp đã làm",
        "indicators": "chỉ số đánh giá",
        "indicator_values": "giá trị của chỉ số",
        "period": "thời gian",
        "responsible": "người phụ trách",
        "collaborators": "người phối hợp",
        "resources.text": "nguồn lực",
        "resources.budget": "kinh phí",
        "resources.funding_sources": "nguồn kinh phí",
        "resources.lines": "các khoản kinh phí",
        "expected_evidence": "minh chứng dự kiến",
        "evidence_at_hand": "minh chứng đã có",
        "progress.text": "tiến độ",
        "progress.status": "mức độ thực hiện",
        "result": "kết quả",
        "note": "ghi chú",
        "continues": "mục của năm trước",
        "prior": "kết quả những năm trước",
        "answers_issue": "vấn đề trọng tâm",
    },
    "issues": {
        "number": "số thứ tự",
        "standard": "tiêu chuẩn",
        "criteria": "tiêu chí",
        "current_state": "hiện trạng",
        "weakness": "điểm hạn chế",
        "cause": "nguyên nhân",
    },
    "monitoring": {
        "round": "thời điểm",
        "content": "nội dung theo dõi",
        "result": "kết quả",
        "adjustment": "điều chỉnh",
        "reviewer": "người đánh giá",
    },
    "plan": {
        "school.name": "tên trường",
        "school.code": "mã trường",
        "school.level": "cấp học",
        "school.ownership": "loại hình",
        "school.address": "địa chỉ",
        "school_year": "năm học",
        "title": "tên kế hoạch",
        "framework": "khung tiêu chuẩn",
        "document.number": "số, ký hiệu",
        "document.place": "địa danh",
        "document.date": "ngày ban hành",
        "document.issuing_body": "cơ quan ban hành",
        "document.parent_body": "cơ quan chủ quản",
        "document.signer.role": "chức vụ người ký",
        "document.signer.name": "người ký",
        "legal_bases": "căn cứ pháp lý",
        "prior_results": "kết quả năm trước",
        "level_reached": "mức đã đạt",
        "sections": "các phần của văn bản",
        "purposes": "mục đích, yêu cầu",
        "organisation": "tổ chức thực hiện",
        "recipients": "nơi nhận",
        "signatures": "chữ ký",
        "order.actions": "thứ tự các mục",
        "order.issues": "thứ tự các vấn đề",
        "order.monitoring": "thứ tự các đợt giám sát",
    },
}


def fields_of(value: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The fields of a record ("actions", "issues", "monitoring") or of the plan itself ("plan"), by name, in order.

    Fields that newer files bring are there under their own names. The values are those of the argument, not copies.
    """
    left_out = NOT_CONTENT | set(RECORD_LISTS) if kind == "plan" else NOT_CONTENT_OF_RECORDS
    return dict(_fields({k: v for k, v in value.items() if k not in left_out}, kind, ""))


def with_fields(value: Mapping[str, Any], kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the value with these fields set; a field that is MISSING is taken away."""
    result = copy.deepcopy(dict(value))
    units = _UNITS.get(kind, {})
    for name, new in fields.items():
        home, last = result, name
        # Only known parents are split at their dots: a newer file may have dots in its own names.
        for parent in sorted(_SPLIT.get(kind, ()), key=len, reverse=True):
            if name.startswith(f"{parent}."):
                for step in parent.split("."):
                    home = home.setdefault(step, {})
                last = name[len(parent) + 1 :]
                break
        if name in units:
            for key in units[name]:
                _set(home, key, MISSING if new is MISSING else new.get(key, MISSING))
        else:
            _set(home, last, new)
    return result


class _Missing:
    """The value of a field that is not there (only fields of newer files can be missing)."""

    def __repr__(self) -> str:
        return "MISSING"

    def __deepcopy__(self, memo: object) -> _Missing:
        return self


MISSING = _Missing()


def word_for(name: str, kind: str) -> str:
    """What the field is called on screen, in lower case; its own name where it is not one of ours."""
    return WORDS[kind].get(name, name)


def _fields(value: Mapping[str, Any], kind: str, prefix: str) -> list[tuple[str, Any]]:
    units = _UNITS.get(kind, {})
    in_units = {f"{name.rpartition('.')[0]}.{key}": (name, keys) for name, keys in units.items() for key in keys}
    found: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if name in in_units:
            unit, keys = in_units[name]
            found.setdefault(unit, {k: value[k] for k in keys if k in value})
        elif name in _SPLIT.get(kind, ()) and isinstance(inner, Mapping):
            found.update(_fields(inner, kind, f"{name}."))
        else:
            found[name] = inner
    return list(found.items())


def _set(home: dict[str, Any], key: str, new: Any) -> None:
    if new is MISSING:
        home.pop(key, None)
    else:
        home[key] = copy.deepcopy(new)
