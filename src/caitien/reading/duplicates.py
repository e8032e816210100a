"""Rows printed twice: the newer, fuller one stays, the other is kept as an alternative, real differences become findings."""

from __future__ import annotations

import re
from typing import Any

from caitien.plan.model import Action, Alternative, Finding, Fix, Period
from caitien.plan.periods import years_of
from caitien.plan.text import squash
from caitien.reading.actions import FIELD_NAMES, Draft, printed_cells, provenance_of, where

SAME_CONTENT = 90  # likeness of two contents (0-100) from which they are one content printed twice
SAME_REST = 80  # likeness of the other long texts, where both rows have them
_LONG = ("weakness", "measures", "objective", "result", "note", "expected_evidence", "current_state")
_COMPARED = (
    "criteria", "current_state", "weakness", "cause", "content", "objective", "measures", "indicators", "period",
    "responsible", "collaborators", "resources", "expected_evidence", "progress", "result", "note",
)  # fmt: skip


def reconcile(drafts: list[Draft], school_year: str | None, *, wrapped: bool) -> list[Draft]:
    """The drafts without their duplicates, in the order printed. Losers go into `alternatives` of the winner."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((i for i, other in enumerate(kept) if _same_action(other, draft)), None)
        if twin is None:
            kept.append(draft)
            continue
        first = kept[twin]
        winner, loser = (draft, first) if _rank(draft, school_year) > _rank(first, school_year) else (first, draft)
        _keep_alternative(winner, loser, school_year, wrapped=wrapped)
        kept[twin] = winner
    return kept


def add_findings(drafts: list[Draft]) -> list[Finding]:
    """Findings on rows that were printed more than once: on each draft where something differs; one for all that do not."""
    same: list[str] = []
    for index, draft in enumerate(drafts):
        for alternative in draft.action.alternatives:
            if not alternative.values:
                same.append(where(draft.action))
            else:
                _say_difference(draft, index, alternative)
    if not same:
        return []
    names = ", ".join(dict.fromkeys(n[:1].lower() + n[1:] for n in same))
    text = f"Có {len(set(same))} mục được in hai lần với nội dung như nhau, chỉ giữ một dòng cho mỗi mục: {names}."
    return [Finding(rule="duplicate-row", severity="hint", message=text)]


def _say_difference(draft: Draft, index: int, alternative: Alternative) -> None:
    action, values = draft.action, alternative.values
    name, reason = where(action), alternative.reason or ""
    told = False
    if values.get("responsible") and action.responsible:
        mine, other = "; ".join(action.responsible), "; ".join(values["responsible"])
        draft.doubt(
            "two-owners",
            "warning",
            f"{name} được in hai lần với người phụ trách khác nhau: “{mine}” và “{other}”. {reason} Hãy chọn một.",
            field="responsible",
            quote=other,
            fixes=[_choice("responsible", f"Chọn: {other}", index, values["responsible"])],
        )
        told = True
    if (values.get("period") or {}).get("text") and action.period.text:
        mine, other = action.period.text, values["period"]["text"]
        draft.doubt(
            "two-periods",
            "warning",
            f"{name} được in hai lần với thời gian khác nhau: “{mine}” và “{other}”. {reason} Hãy chọn một.",
            field="period",
            quote=other,
            fixes=[_choice("period", f"Chọn: {other}", index, values["period"])],
        )
        told = True
    if not told:
        fields = ", ".join(FIELD_NAMES.get(f, f) for f in values)
        draft.doubt(
            "duplicate-row",
            "hint",
            f"{name} được in hai lần, khác nhau ở: {fields}. {reason}",
            field=next(iter(values)),
            quote=action.content,
        )


def _choice(name: str, label: str, index: int, value: Any) -> Fix:
    return Fix(label=label, path=f"/actions/{index}/{name}", value=value)


def _same_action(one: Draft, two: Draft) -> bool:
    """Same number or criteria, near-equal content, and nothing long that says otherwise."""
    from rapidfuzz.fuzz import ratio

    a, b = one.action, two.action
    if one.row.shared & two.row.shared and one.row.table == two.row.table and _several_in_one(one, two):
        return False
    same_number = a.number is not None and a.number == b.number
    same_criteria = bool(a.criteria) and a.criteria == b.criteria
    if not (same_number or same_criteria or (not a.criteria or not b.criteria)):
        return False
    if a.criteria and b.criteria and not set(a.criteria) & set(b.criteria):
        return False
    if a.number is not None and b.number is not None and not same_number:
        return False
    x, y = _text(a, "content"), _text(b, "content")
    if x and y and ratio(x, y, score_cutoff=SAME_CONTENT) < SAME_CONTENT:
        return False
    likeness = {name: ratio(p, q) for name in _LONG if len(p := _text(a, name)) > 15 and len(q := _text(b, name)) > 15}
    if x and y:
        if not likeness and not same_number and _other_time(a, b):
            return False  # one piece of work planned for two times
        agree = all(score >= SAME_REST for score in likeness.values())
        return agree or (same_number and same_criteria and not any(s < 50 for s in likeness.values()))
    # one row lost its content: the other long texts must be the same
    return sum(score >= 95 for score in likeness.values()) >= 2 and all(
        score >= SAME_REST for score in likeness.values()
    )


def _other_time(a: Action, b: Action) -> bool:
    """Two times that both belong to one year: neither is left from the year before."""
    if not (a.period.end and b.period.end) or a.period.end == b.period.end:
        return False
    return (
        abs(int(a.period.end[:4]) * 12 + int(a.period.end[5:7]) - int(b.period.end[:4]) * 12 - int(b.period.end[5:7]))
        < 10
    )


def _several_in_one(one: Draft, two: Draft) -> bool:
    """Two rows that share a merged content cell are parts of one piece of work, not one row printed twice."""
    return "content" in two.row.carried or "weakness" in two.row.carried or "content" in one.row.carried


def _text(action: Action, name: str) -> str:
    value = getattr(action, name)
    return squash(" ".join(value) if isinstance(value, list) else value)


def _rank(draft: Draft, school_year: str | None) -> tuple[int, int, int]:
    """Newer first (no dates of past years), then the one with more fields filled, then with more said about who and when."""
    action = draft.action
    filled = sum(bool(_plain(getattr(action, name))) for name in _COMPARED)
    said = len(action.responsible) and len(action.period.text or "") and 1
    return (-1 if is_stale(action.period, school_year) else 0, filled, said + _precision(action.period))


def is_stale(period: Period, school_year: str | None) -> bool:
    """Whether a period lies wholly before the school year of the plan (a date left from last year's file)."""
    years = years_of(school_year)
    last = period.end or period.start
    return bool(years and last and last[:7] < f"{years[0]}-06")


def _precision(period: Period) -> int:
    return int(bool(period.start)) + int(bool(period.end and period.end != period.start))


def _keep_alternative(winner: Draft, loser: Draft, school_year: str | None, *, wrapped: bool) -> None:
    mine, other = winner.action, loser.action
    values = {name: _plain(getattr(other, name)) for name in _COMPARED if _differs(mine, other, name)}
    if not mine.criteria and other.criteria:
        mine.criteria = other.criteria
    values.pop("criteria", None)
    if mine.number is None:
        mine.number = other.number
    stale = is_stale(other.period, school_year) and not is_stale(mine.period, school_year)
    if stale:
        reason = f"Đã giữ dòng mới hơn, vì dòng kia còn ghi thời gian cũ “{other.period.text}”."
    elif _rank(winner, school_year) > _rank(loser, school_year):
        reason = "Đã giữ dòng đầy đủ hơn."
    else:
        reason = "Đã giữ dòng in trước, vì hai dòng đầy đủ như nhau."
    mine.alternatives.append(
        Alternative(
            values=values,
            cells=printed_cells(loser.row, wrapped=wrapped),
            reason=reason,
            provenance=provenance_of(loser.row),
        )
    )
    mine.alternatives += other.alternatives


def _differs(mine: Action, other: Action, name: str) -> bool:
    """Whether two rows really differ in a field: spacing, case and dashes are no difference."""
    a, b = getattr(mine, name), getattr(other, name)
    if name == "period":
        if squash(a.text) == squash(b.text):
            return False
        dated = a.start or a.end
        return not (dated and (a.start, a.end, a.kind) == (b.start, b.end, b.kind))
    if name in ("responsible", "collaborators"):
        return sorted(map(squash, a)) != sorted(map(squash, b)) and not _fragments(b, a)
    if name in ("resources", "progress"):
        return squash(_joined(a)) != squash(_joined(b))
    if isinstance(a, list):
        return squash(" ".join(a)) != squash(" ".join(b))
    return squash(a) != squash(b)


def _fragments(some: list[str], whole: list[str]) -> bool:
    """Whether `some` are the same people with words lost ("Lê Văn" of "Lê Văn Tám")."""

    def cut(one: str, all_of_it: str) -> bool:
        return one == all_of_it or (len(one) >= 3 and all_of_it.startswith(one + " "))

    pairs = zip(some, whole, strict=False)
    return bool(some) and len(some) == len(whole) and all(cut(s.lower(), w.lower()) for s, w in pairs)


def _joined(value: Any) -> str:
    return " ".join(re.sub(r"[\[\]']", "", str(v)) for v in value.model_dump().values() if v)


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        data = value.model_dump(mode="json")
        return data if any(v for k, v in data.items() if k != "kind") else None
    return value
