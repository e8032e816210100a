"""What a carried action had reached in the years before: the line of one weakness over the years."""

from __future__ import annotations

from dataclasses import dataclass

from caitien.plan.model import Action
from caitien.plan.showing import STATUS_WORDS
from caitien.plan.text import one_space


def prior_words(action: Action) -> str | None:
    """What a carried action had reached last, in one line: "Năm học 2025-2026: đang thực hiện 50%. Đã khảo sát."."""
    prior = (action.model_extra or {}).get("prior") or []
    if not prior:
        return None
    last = prior[-1]
    word = STATUS_WORDS.get(last.get("status") or "", "")
    said = [f"{word} {last['percent']}%".strip() if last.get("percent") is not None else word]
    said += [one_space(last.get(name)) for name in ("text", "result")]
    words = ". ".join(s.rstrip(". ") for s in said if s)
    return f"Năm học {last['school_year']}: {words}." if words else None


@dataclass(frozen=True, slots=True)
class YearOfAction:
    """One school year of an action that was carried on. `status`, `percent`, `text`, `result`: as that year ended."""

    school_year: str | None
    number: str | None
    criteria: tuple[str, ...]
    status: str | None
    percent: int | None
    text: str | None
    result: str | None


def years_of_action(action: Action, school_year: str | None) -> tuple[YearOfAction, ...]:
    """The line of an action over the years, the first year first, that of `school_year` (its own plan's) last."""
    own = {
        "school_year": school_year,
        "number": action.number,
        "criteria": action.criteria,
        "status": action.progress.status,
        "percent": action.progress.percent,
        "text": action.progress.text,
        "result": action.result,
    }
    return tuple(
        YearOfAction(
            entry.get("school_year"),
            str(entry["number"]) if entry.get("number") is not None else None,
            tuple(entry.get("criteria") or ()),
            entry.get("status"),
            entry.get("percent"),
            entry.get("text"),
            entry.get("result"),
        )
        for entry in (*((action.model_extra or {}).get("prior") or ()), own)
    )
