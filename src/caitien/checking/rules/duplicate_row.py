"""The same row more than once: printed twice in the file that was read, or standing twice in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, rows, where
from caitien.plan.model import Action, Finding
from caitien.plan.text import squash

SHORTEST = 12  # letters: shorter contents ("Thực hiện tốt") are too common to mean the same row


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    printed_twice = [i for i, action in enumerate(plan.actions) if action.alternatives]
    if len(printed_twice) == 1:
        i = printed_twice[0]
        times = len(plan.actions[i].alternatives) + 1
        yield finding(
            RULE.id, RULE.severity, f"{where(plan, i)} in {_times(times)} trong văn bản; chỉ dòng mới và đủ hơn được giữ.",
            action=i,
        )  # fmt: skip
    elif printed_twice:
        yield finding(
            RULE.id,
            RULE.severity,
            f"{len(printed_twice)}/{len(plan.actions)} mục in nhiều lần trong văn bản ({rows(plan, printed_twice)}); "
            "chỉ dòng mới và đủ hơn của mỗi mục được giữ.",
        )
    seen: dict[tuple[str, ...], int] = {}
    for i, action in enumerate(plan.actions):
        key = _key(action)
        if key is None:
            continue
        if key in seen:
            first = seen[key]
            text = action.content or action.weakness
            yield finding(
                RULE.id, RULE.severity, f"{where(plan, i)}: cùng nội dung với {_lower(where(plan, first))}.",
                action=i, field="content" if action.content else "weakness", quote=text,
            )  # fmt: skip
        else:
            seen[key] = i


def _key(action: Action) -> tuple[str, ...] | None:
    """What makes a row the same as another: its criteria and all of what is to be done."""
    content, weakness = squash(action.content), squash(action.weakness)
    if max(len(content), len(weakness)) < SHORTEST:
        return None
    return (",".join(sorted(action.criteria)), content, weakness, squash(" ".join(action.measures)))


def _times(count: int) -> str:
    return {2: "hai lần", 3: "ba lần"}.get(count, f"{count} lần")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


RULE = Rule(
    id="duplicate-row",
    severity="warning",
    title="Dòng in lặp",
    explanation="Một việc in thành hai dòng thì không biết dòng nào đúng. Thường là do dán kế hoạch năm nay lên bản năm trước mà không xóa dòng cũ.",
    source="Thông tư 57/2026/TT-BGDĐT, Biểu 2 mục III: kế hoạch trọng tâm, rõ nội dung, thời gian, trách nhiệm",
    find=_find,
)
