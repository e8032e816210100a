"""A criterion that the framework does not have."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, criterion_name, finding, where
from caitien.plan.model import Finding


def _find(context: Context) -> Iterator[Finding]:
    plan, framework = context.plan, context.framework
    if framework is None:
        return
    known = {code for version in context.frameworks for code in version.codes}
    wrong = [(i, code) for i, a in enumerate(plan.actions) for code in a.criteria if code and code not in known]
    used = {code for a in plan.actions for code in a.criteria if code}
    lost = {code for _, code in wrong}
    if len(lost) >= 3 and 2 * len(lost) > len(used):  # it is the framework that is wrong, not each row
        yield finding(
            RULE.id,
            RULE.severity,
            f"{len(lost)}/{len(used)} tiêu chí của kế hoạch không có trong khung {framework.short_title}: "
            "có lẽ kế hoạch lập theo khung khác.",
            field="framework",
            quote=", ".join(sorted(lost)),
        )
        return
    for i, code in wrong:
        yield finding(
            RULE.id,
            RULE.severity,
            f"{where(plan, i)}: khung {framework.short_title} không có {criterion_name(code)}.",
            action=i,
            field="criteria",
            quote=code,
        )
    for n, issue in enumerate(plan.issues, 1):
        for code in issue.criteria:
            if code and code not in known:
                yield finding(
                    RULE.id,
                    RULE.severity,
                    f"Vấn đề trọng tâm {issue.number or n}: khung {framework.short_title} không có {criterion_name(code)}.",
                    field="issues",
                    quote=code,
                )


RULE = Rule(
    id="unknown-criterion",
    severity="error",
    title="Tiêu chí không có trong khung",
    explanation="Mã tiêu chí không có trong bộ tiêu chuẩn mà kế hoạch dùng: gõ nhầm, hoặc mã của khung cũ.",
    source="Phụ lục của thông tư ban hành bộ tiêu chuẩn (17, 18, 19/2018/TT-BGDĐT; 57/2026/TT-BGDĐT)",
    find=_find,
)
