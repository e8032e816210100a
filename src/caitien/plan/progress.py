"""How far an action is: the words of a progress cell to a status and a percentage."""

from __future__ import annotations

import re

from caitien.plan.model import Progress, Status
from caitien.plan.text import fold, one_space

_STATES: tuple[tuple[str, Status], ...] = (
    (r"^\W*(khong (thuc hien|trien khai|lam)|huy|da huy|dung|tam dung|bo|da bo|loai bo)\b", "dropped"),
    (r"\b(qua han|tre han|cham tien do|bi cham)\b", "overdue"),
    (r"^\W*(da )?(chua|not)\b", "not_started"),
    (r"^\W*x?\s*(dang|co ban|mot phan|tiep tuc)\b", "in_progress"),
    (r"\b(mot phan|tiep tuc|dang|con dang|chua xong|chua hoan thanh|chua dat)\b", "in_progress"),
    (r"^\W*(da )?(hoan thanh|hoan tat|xong|dat|da thuc hien)\W*$", "done"),
    (
        r"\bda (\w+ ){0,3}?(xong|hoan thanh|hoan tat)\b|^\W*(da )?(hoan thanh|hoan tat)\b|\bthuc hien xong\b|^\W*xong\b",
        "done",
    ),
    (r"^\W*da\b", "in_progress"),  # something was done, and nothing says that it is finished
)


def parse_progress(text: str | None) -> Progress:
    """Status from the words ("Hoàn thành", "Đang…", "Chưa…") and the percentage when the cell is one; text as printed."""
    printed = one_space(text)
    words = fold(printed)
    percent = _percent(words)
    status: Status | None = next((state for pattern, state in _STATES if re.search(pattern, words)), None)
    if percent is not None and status not in ("dropped", "overdue"):
        status = "done" if percent >= 100 else "in_progress" if percent > 0 else "not_started"
    return Progress(text=printed or None, status=status, percent=percent)


def _percent(words: str) -> int | None:
    """The number before "%", when it says how much of the work is done rather than how many pupils."""
    found = re.fullmatch(
        r"\W*(?:da )?(?:hoan thanh|thuc hien|dat|tien do|khoang|xong|duoc|dang|\W)*(\d{1,3})(?:[.,]\d+)?\s?%\W*(?:cong viec|ke hoach|khoi luong)?\W*",
        words,
    )
    found = found or re.search(r"\b(?:hoan thanh|thuc hien duoc|tien do)\W*(?:khoang |duoc |dat )?(\d{1,3})\s?%", words)
    return int(found[1]) if found and int(found[1]) <= 100 else None
