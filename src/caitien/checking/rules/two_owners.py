"""One action given to different people: by a row printed twice, or by two rows of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, where
from caitien.checking.rules import duplicate_row
from caitien.plan.model import Finding, Fix
from caitien.plan.text import fold


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    for i, action in enumerate(plan.actions):
        own = action.responsible
        for alternative in action.alternatives:
            other = _people(alternative.values.get("responsible"))
            if not own or not other or _names(own) == _names(other):
                continue
            # One row names a helper more, or is a torn copy of the other: who leads is not in doubt.
            less = _is_less(own, other) or _is_less(other, own)
            yield finding(
                RULE.id,
                "warning" if less else RULE.severity,
                f"{where(plan, i)}: hai dòng in lặp giao cho người khác nhau: “{'; '.join(own)}” và “{'; '.join(other)}”.",
                action=i,
                field="responsible",
                quote="; ".join(other),
                fixes=[
                    Fix(label=f"Giao cho {'; '.join(people)}", path=f"/actions/{i}/responsible", value=people)
                    for people in (own, other)
                ],
            )
            break  # a third row says the same again
    seen: dict[tuple[str, ...], int] = {}
    for i, action in enumerate(plan.actions):
        key = duplicate_row._key(action)
        if key is None or not action.responsible:
            continue
        first = seen.setdefault(key, i)
        before = plan.actions[first].responsible
        if first != i and _names(before) != _names(action.responsible):
            yield finding(
                RULE.id,
                RULE.severity,
                f"{where(plan, i)}: việc này giao cho “{'; '.join(action.responsible)}”, còn {where(plan, first).lower()} "
                f"cùng nội dung giao cho “{'; '.join(before)}”.",
                action=i,
                field="responsible",
                quote="; ".join(action.responsible),
            )


def _is_less(some: list[str], all_of_them: list[str]) -> bool:
    """Whether `some` says nothing that the other does not: the same lead, and its words in the same order."""
    words = iter(_words(all_of_them))
    return _words(some)[:2] == _words(all_of_them)[:2] and all(word in words for word in _words(some))


def _words(people: list[str]) -> list[str]:
    return fold(re.sub(r"\(.*?\)|[^\w\s]", " ", " ".join(people))).split()


def _people(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[;,\n]", value) if part.strip()]
    return [str(part) for part in value] if isinstance(value, list) else []


def _names(people: list[str]) -> set[str]:
    """Names without what stands in brackets, case, tones and order: a typing slip is not another person."""
    return {re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"\(.*?\)", "", person))).strip() for person in people} - {""}


RULE = Rule(
    id="two-owners",
    severity="error",
    title="Một việc, hai người phụ trách khác nhau",
    explanation="Hai dòng của cùng một việc ghi người phụ trách khác nhau thì không ai chịu trách nhiệm. Hãy chọn một.",
    source="Thông tư 57/2026/TT-BGDĐT, Điều 10 và Biểu 2 cột 7: đơn vị, cá nhân phụ trách",
    find=_find,
)
