"""Values of a plan's fields as Vietnamese words: for sentences, tables of changes and conflicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from caitien.plan.fields import MISSING
from caitien.plan.money import format_vnd
from caitien.plan.text import one_space

STATUS_WORDS = {
    "not_started": "chưa thực hiện",
    "in_progress": "đang thực hiện",
    "done": "hoàn thành",
    "overdue": "quá hạn",
    "dropped": "dừng thực hiện",
}
SHOWN = 90  # letters of a text that a sentence quotes


def shown(value: Any) -> str:
    """A field's value in Vietnamese words, whole; "" for nothing."""
    if value is MISSING or value in (None, "", [], {}):
        return ""
    match value:
        case {"text": str() | None as text, "kind": _}:  # a period
            return one_space(text) or dates_of(value)
        case {"budget_vnd": int() | None as vnd, "budget_text": str() | None as printed}:
            return one_space(printed) or ("Không" if vnd == 0 else format_vnd(vnd))
        case {"status": str() | None as status, "percent": percent} if len(value) == 2:
            word = STATUS_WORDS.get(status or "", "chưa ghi" if percent is None else "")
            return word if percent is None else f"{word} {percent}%".strip()
        case {"text": str(text), "assessed": _} if text:  # a result of a former year, as printed
            return one_space(text)
        case {"kind": basis, "number": number, "subject": subject}:
            return " ".join(one_space(str(part)) for part in (basis, number, subject) if part)
        case {"role": role, "tasks": tasks}:
            return f"{shown(role)}: {shown(tasks)}"
        case {"school_year": year, "status": str() | None as status}:  # a former year of an action
            return f"năm học {year}: {STATUS_WORDS.get(status or '', 'chưa ghi')}"
        case {"school_year": year, "number": number}:
            return f"mục {number} năm học {year}"
        case {"amount_vnd": int() | None as planned, "spent_vnd": int() | None as spent, **rest}:  # a budget line
            amounts = (
                "" if planned is None else format_vnd(planned),
                spent is not None and f"đã chi {format_vnd(spent)}",
            )
            return ", ".join(str(p) for p in (shown(rest.get("source")), *amounts, shown(rest.get("note"))) if p)
        case {"text": str(text), "baseline": start, "target": aim, "actual": now, **rest}:  # values of an indicator
            parts = [f"{w} {shown(v)}" for w, v in (("ban đầu", start), ("mục tiêu", aim), ("đạt", now)) if v]
            return (
                f"{one_space(text)}: {', '.join(parts)} {rest.get('unit') or ''}".strip() if parts else one_space(text)
            )
        case {"text": str(text), "on": str() | None as day, "by": str() | None as who, **rest}:  # a mark
            parts = [shown(part) for part in (who, day, rest.get("note")) if part]
            return one_space(text) + (f" ({', '.join(parts)})" if parts else "")
        case Mapping():
            said = [shown(v) for v in value.values()]
            return ", ".join(s for s in said if s)
        case list():
            return "; ".join(s for s in map(shown, value) if s)
        case bool():
            return "có" if value else "không"
        case _:
            return _vietnamese_date(one_space(str(value)))


def quoted(value: Any) -> str:
    """The value between quotation marks, long texts cut at a word; "" for nothing."""
    text = _cut(shown(value))
    return f"“{text}”" if text else ""


def quoted_pair(before: Any, after: Any) -> tuple[str, str]:
    """Two values between quotation marks; of long texts the words round the first difference."""
    was, now = shown(before), shown(after)
    if not was or not now or was == now or max(len(was), len(now)) <= SHOWN:
        return quoted(before), quoted(after)
    at = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    begins = was.rfind(" ", 0, max(0, at - SHOWN // 3)) + 1 if at > SHOWN // 2 else 0
    lead = "…" if begins else ""
    said = [_cut(lead + text[begins:]) for text in (was, now)]
    return f"“{said[0]}”", f"“{said[1]}”"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0].rstrip(",;.: ") + "…"


def dates_of(period: Any) -> str:
    """Start and end of a period as people write days and months: "08/2026 – 11/2026"."""
    dates = [str(period[k]) for k in ("start", "end") if period.get(k)] if isinstance(period, Mapping) else []
    return " – ".join("/".join(reversed(d.split("-"))) for d in dates)


def _vietnamese_date(text: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text
