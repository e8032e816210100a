"""Biểu 2 has no column of criteria beside its actions: they are those of the issue (section IV) that an action answers."""

from __future__ import annotations

import re

from caitien.plan.model import Action, Finding, Issue
from caitien.plan.text import fold

ENOUGH = 0.5  # share of the actions whose words are nearest to the issue of their own number; by chance it is 1 in n
_NAMED = re.compile(r"vấn\s*đề(?:\s+trọng\s+tâm)?(?:\s+số)?\s*(\d{1,2})\b", re.IGNORECASE)


def link_issues(issues: list[Issue], actions: list[Action]) -> list[Finding]:
    """Give actions without a criterion those of their issue: the one they name ("vấn đề 2"), or the one of their number.

    By number only when both tables count alike and their words agree; then that is said, as a hint.
    """
    by_number = {str(issue.number): issue for issue in issues if issue.number is not None}
    for action in actions:
        said = _NAMED.search(f"{action.content} {action.objective}")
        if not action.criteria and said and said[1] in by_number:
            action.criteria = list(by_number[said[1]].criteria)
    bare = [action for action in actions if not action.criteria]
    if not bare or not _same_count(issues, actions) or not _words_agree(issues, actions):
        return []
    for action in bare:
        action.criteria = list(by_number[str(action.number)].criteria)
    return [
        Finding(
            rule="criteria-of-issues",
            severity="hint",
            message="Bảng kế hoạch không ghi tiêu chí; tiêu chí của từng mục được lấy theo vấn đề trọng tâm cùng số thứ tự (mục IV).",
        )
    ]


def _same_count(issues: list[Issue], actions: list[Action]) -> bool:
    numbers = [str(issue.number) for issue in issues]
    return len(set(numbers)) == len(numbers) > 1 and sorted(numbers) == sorted(str(a.number) for a in actions)


def _words_agree(issues: list[Issue], actions: list[Action]) -> bool:
    """Whether most actions share more words with the issue of their number than with any other."""
    said = {str(i.number): _words(i.weakness, i.cause, i.current_state) for i in issues}
    hits = 0
    for action in actions:
        mine = _words(action.content, action.objective, *action.measures, *action.indicators)
        shared = {number: len(mine & words) / (len(words) or 1) for number, words in said.items()}
        best = max(shared.values())
        hits += best > 0 and shared[str(action.number)] == best
    return hits >= max(2, ENOUGH * len(actions))


def _words(*texts: str | None) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w{2,}", fold(text))}
