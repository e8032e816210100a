"""What a carried action had reached in the years before."""

from __future__ import annotations

from caitien.plan.comparing import STATUS_WORDS
from caitien.plan.model import Action
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
