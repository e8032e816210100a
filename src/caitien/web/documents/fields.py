"""The fields of an action as the review shows and edits them: label, value, the value as text, typed text to a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from caitien.plan.criteria import parse_criteria
from caitien.plan.lists import split_items
from caitien.plan.money import format_vnd, parse_money
from caitien.plan.people import split_people
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress
from caitien.plan.text import lines_of, one_space, squash

Kind = Literal["text", "lines", "people", "criteria", "period", "money", "progress"]


@dataclass(frozen=True, slots=True)
class RowField:
    """`name`: how decisions, forms and addresses call it; `places`: what else it is called in provenance and findings."""

    name: str
    label: Any
    kind: Kind
    places: tuple[str, ...] = ()


ROW_FIELDS: tuple[RowField, ...] = (
    RowField("criteria", _("Tiêu chí"), "criteria", ("standard",)),
    RowField("content", _("Nội dung cải tiến"), "text"),
    RowField("weakness", _("Điểm yếu, hạn chế"), "text"),
    RowField("current_state", _("Hiện trạng"), "text"),
    RowField("cause", _("Nguyên nhân"), "text"),
    RowField("objective", _("Mục tiêu"), "text"),
    RowField("measures", _("Giải pháp, biện pháp"), "lines"),
    RowField("indicators", _("Chỉ số đánh giá"), "lines"),
    RowField("responsible", _("Người phụ trách"), "people"),
    RowField("collaborators", _("Phối hợp"), "people"),
    RowField("period", _("Thời gian, hạn"), "period", ("period_start", "period_end", "start", "end", "time")),
    RowField(
        "budget", _("Kinh phí"), "money", ("budget_vnd", "budget_text", "resources.budget_vnd", "resources.budget_text")
    ),
    RowField("funding_sources", _("Nguồn kinh phí"), "people", ("funding_source", "resources.funding_sources")),
    RowField("resources", _("Nguồn lực"), "text", ("resources.text",)),
    RowField("expected_evidence", _("Minh chứng, sản phẩm dự kiến"), "lines"),
    RowField("progress", _("Tiến độ"), "progress", ("progress.status", "progress.text", "progress.percent", "status")),
    RowField("result", _("Kết quả"), "text"),
    RowField("note", _("Ghi chú"), "text"),
    RowField("number", _("Số thứ tự"), "text"),
)
BY_NAME = {field.name: field for field in ROW_FIELDS}
_PLACES = {place: field.name for field in ROW_FIELDS for place in (field.name, *field.places)}


def field_called(name: str | None) -> str | None:
    """The name of the row field that provenance, a finding or a JSON pointer calls `name` ("period.end" is "period")."""
    words = (name or "").replace("/", ".")
    while words:
        if words in _PLACES:
            return _PLACES[words]
        words = words.rpartition(".")[0]
    return None


def value_of(action: dict[str, Any], name: str) -> Any:
    """The value of a row field in an action (as plain JSON)."""
    resources = action.get("resources") or {}
    if name == "budget":
        return {"budget_text": resources.get("budget_text"), "budget_vnd": resources.get("budget_vnd")}
    if name == "funding_sources":
        return resources.get("funding_sources") or []
    if name == "resources":
        return resources.get("text")
    return action.get(name)


def set_value(action: dict[str, Any], name: str, value: Any) -> None:
    """Put a value as `value_of` gives it into an action (as plain JSON)."""
    if name in ("budget", "funding_sources", "resources"):
        resources = dict(action.get("resources") or {})
        if name == "budget":
            resources |= value
        else:
            resources["text" if name == "resources" else name] = value
        action["resources"] = resources
    else:
        action[name] = value


def text_of(name: str, value: Any) -> str:
    """The value in words, as one would type it: items a line each, people with ";" between, a period as printed."""
    kind = BY_NAME[name].kind
    if value in (None, "", [], {}):
        return ""
    if kind == "lines":
        return "\n".join(str(item) for item in value)
    if kind in ("people", "criteria"):
        return ("; " if kind == "people" else ", ").join(str(item) for item in value)
    if kind in ("period", "progress"):
        return str(value.get("text") or "")
    if kind == "money":
        return str(value.get("budget_text") or "") or format_vnd(value.get("budget_vnd"))
    return str(value)


def typed(name: str, text: str, school_year: str | None = None) -> Any:
    """What a person typed, as the value of the row field: dates, money and people are derived from it as from a file."""
    kind = BY_NAME[name].kind
    if kind == "lines":
        return split_items(text)
    if kind == "people":
        return split_people(text)
    if kind == "criteria":
        return parse_criteria(text)
    if kind == "period":
        return parse_period(text, school_year).model_dump(mode="json")
    if kind == "money":
        money = parse_money(text)
        return {"budget_text": money.text, "budget_vnd": money.vnd}
    if kind == "progress":
        return parse_progress(text).model_dump(mode="json")
    return "\n".join(lines_of(text)) or None


def derived(name: str, value: Any) -> str:
    """What was derived from the words, said to a person; "" where nothing is derived."""
    from caitien.web.ui.vietnamese import STATUS_WORDS, derived_period, money

    kind = BY_NAME[name].kind
    if kind == "period":
        return derived_period((value or {}).get("start"), (value or {}).get("end"))
    if kind == "money":
        vnd = (value or {}).get("budget_vnd")
        return "" if vnd is None else money(vnd)
    if kind == "progress":
        words = STATUS_WORDS.get((value or {}).get("status") or "")
        return words[0] if words else ""
    return ""


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values say the same; letters and digits count, case, spaces and the order of people do not."""
    if BY_NAME[name].kind in ("people", "criteria"):
        return _parts(one) == _parts(other)
    return squash(text_of(name, one)) == squash(text_of(name, other))


def is_known(name: str, value: Any) -> bool:
    """Whether the plan can work with the value: somebody is named; a period has an end or needs none; money is a number."""
    kind = BY_NAME[name].kind
    if kind == "period":
        return bool((value or {}).get("end")) or (value or {}).get("kind") in ("ongoing", "yearly", "recurring")
    if kind == "money":
        return (value or {}).get("budget_vnd") is not None
    return bool(one_space(text_of(name, value)))


def both(name: str, one: Any, other: Any) -> Any:
    """Two values of a list together, each part once, in order."""
    parts, seen = [], set()
    for part in [*(one or []), *(other or [])]:
        if (key := squash(str(part))) not in seen:
            seen.add(key)
            parts.append(part)
    return parts


def _parts(value: Any) -> set[str]:
    return {squash(part) for one in value or [] for part in re.split(r"[;,]", str(one))} - {""}
