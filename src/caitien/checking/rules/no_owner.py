"""A row for which no one is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, where
from caitien.plan.model import Finding


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    without = [i for i, a in enumerate(plan.actions) if not any(re.search(r"\w", name) for name in a.responsible)]
    if without and len(without) == len(plan.actions) and len(without) > 1:
        yield finding(
            RULE.id, RULE.severity, f"Cả {len(without)} mục đều chưa có người phụ trách.", field="responsible"
        )
        return
    for i in without:
        helpers = plan.actions[i].collaborators
        tail = f" (chỉ có bộ phận phối hợp “{'; '.join(helpers)}”)" if helpers else ""
        yield finding(
            RULE.id, RULE.severity, f"{where(plan, i)}: chưa có người phụ trách{tail}.", action=i, field="responsible"
        )


RULE = Rule(
    id="no-owner",
    severity="error",
    title="Chưa có người phụ trách",
    explanation="Mỗi việc phải có một người hoặc một bộ phận chịu trách nhiệm chính.",
    source="Thông tư 57/2026/TT-BGDĐT, Điều 10 và Biểu 2 cột 7: đơn vị, cá nhân phụ trách",
    find=_find,
)
