"""A source of money without an amount."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, rows, where
from caitien.checking.rules._funding import named_sources
from caitien.plan.model import Finding


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    sourced = [i for i, a in enumerate(plan.actions) if named_sources(a)]
    without = [i for i in sourced if not plan.actions[i].resources.budget_vnd]
    if len(without) > 1 and len(without) == len(sourced):
        yield finding(
            RULE.id,
            RULE.severity,
            f"{len(without)} mục ghi nguồn kinh phí nhưng chưa ghi số tiền ({rows(plan, without)}).",
            field="resources",
        )
        return
    for i in without:
        resources = plan.actions[i].resources
        sources = "; ".join(named_sources(plan.actions[i]))
        said = "số tiền ghi là 0" if resources.budget_vnd == 0 else "chưa có số tiền"
        yield finding(
            RULE.id,
            RULE.severity,
            f"{where(plan, i)}: ghi nguồn kinh phí “{sources}” nhưng {said}.",
            action=i,
            field="resources",
            quote=sources,
        )


RULE = Rule(
    id="source-without-amount",
    severity="hint",
    title="Có nguồn, chưa có số tiền",
    explanation="Ghi nguồn kinh phí thì cần ghi số tiền dự kiến, dù là ước tính; nếu không cần tiền thì ghi “Không”.",
    source="Thông tư 57/2026/TT-BGDĐT, Biểu 2 cột 8: nguồn lực bảo đảm; mẫu năm 2018: cột kinh phí",
    find=_find,
)
