"""Money without a word on where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, rows, where
from caitien.checking.rules._funding import says_source
from caitien.plan.model import Finding
from caitien.plan.money import format_vnd


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    funded = [i for i, a in enumerate(plan.actions) if (a.resources.budget_vnd or 0) > 0]
    without = [i for i in funded if not says_source(plan.actions[i])]
    if len(without) > 1 and len(without) == len(funded):
        total = sum(plan.actions[i].resources.budget_vnd or 0 for i in without)
        yield finding(
            RULE.id,
            "hint",
            f"{len(without)} mục có kinh phí ({format_vnd(total)}) nhưng kế hoạch không ghi nguồn của mục nào "
            f"({rows(plan, without)}).",
            field="resources",
        )
        return
    for i in without:
        resources = plan.actions[i].resources
        yield finding(
            RULE.id,
            RULE.severity,
            f"{where(plan, i)}: có kinh phí {format_vnd(resources.budget_vnd)} nhưng chưa ghi nguồn.",
            action=i,
            field="resources",
            quote=resources.budget_text or resources.text,
        )


RULE = Rule(
    id="amount-without-source",
    severity="warning",
    title="Có tiền, chưa có nguồn",
    explanation="Số tiền dự kiến phải kèm nguồn: ngân sách, chi thường xuyên, xã hội hóa, quỹ.",
    source="Thông tư 57/2026/TT-BGDĐT, Biểu 2 cột 8: nguồn lực bảo đảm; mẫu năm 2018: cột nguồn kinh phí",
    find=_find,
)
