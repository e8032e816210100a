"""A row without a time, or with one that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, where
from caitien.plan.model import Finding


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    without = [
        i for i, a in enumerate(plan.actions) if a.period.kind == "none" and not (a.period.start or a.period.end)
    ]
    if without and len(without) == len(plan.actions) and len(without) > 1:
        yield finding(RULE.id, RULE.severity, f"Cả {len(without)} mục đều chưa có thời gian thực hiện.", field="period")
        return
    for i in without:
        said = plan.actions[i].period.text
        tail = f" (ghi “{said}”)" if said else ""
        yield finding(
            RULE.id, RULE.severity, f"{where(plan, i)}: chưa có thời gian thực hiện{tail}.",
            action=i, field="period", quote=said,
        )  # fmt: skip
    for i, action in enumerate(plan.actions):
        said = action.period.text
        if action.period.kind == "unknown" and re.search(
            r"\d", said or ""
        ):  # "31/02"; words without a number are left alone
            yield finding(
                RULE.id, "warning", f"{where(plan, i)}: chưa hiểu thời gian “{said}” là khi nào nên không nhắc hạn được; hãy ghi lại.",
                action=i, field="period", quote=said,
            )  # fmt: skip


RULE = Rule(
    id="no-time",
    severity="error",
    title="Chưa có thời gian thực hiện",
    explanation="Không có thời gian thì không theo dõi, không nhắc hạn được.",
    source="Thông tư 57/2026/TT-BGDĐT, Điều 10 và Biểu 2 cột 6: thời gian thực hiện",
    find=_find,
)
