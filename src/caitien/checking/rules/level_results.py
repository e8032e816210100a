"""Results of an earlier self-assessment that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding
from caitien.plan.model import Finding, PriorResult
from caitien.standards.model import Framework

_SHARE = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})(?!\s*/)\D{0,25}?(\d{1,3})(?:[.,](\d{1,2}))?\s*%")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/])")


def _find(context: Context) -> Iterator[Finding]:
    results = context.plan.prior_results
    for result in results:
        name = f"Kết quả Mức {result.level}" if result.level else "Kết quả tự đánh giá"
        for said in _sums(result):
            yield finding(RULE.id, RULE.severity, f"{name}: {said}.", field="prior_results", quote=result.text)
        counts = {f.level_counts.get(result.level or 0) for f in context.frameworks} - {None}
        if result.assessed is not None and counts and result.assessed not in counts:
            yield finding(
                RULE.id,
                RULE.severity,
                f"{name}: ghi {result.assessed} tiêu chí, khung {_title(context)} có "
                f"{' hoặc '.join(str(c) for c in sorted(c for c in counts if c))}.",
                field="prior_results",
                quote=result.text,
            )
    yield from _level_reached(context)


def _sums(result: PriorResult) -> Iterator[str]:
    assessed, met, not_met = result.assessed, result.met, result.not_met
    if assessed is not None and met is not None:
        if met > assessed:
            yield f"số tiêu chí đạt ({met}) nhiều hơn số tiêu chí được đánh giá ({assessed})"
        elif not_met is not None and met + not_met != assessed:
            yield f"{met} đạt và {not_met} không đạt không bằng {assessed} tiêu chí được đánh giá"
    text = result.text or ""
    for match in _SHARE.finditer(text):
        part, whole = int(match[1]), int(match[2])
        decimals = len(match[4] or "")
        printed = float(f"{match[3]}.{match[4] or 0}")
        # rounded or cut off, both are done
        if whole and abs(100 * part / whole - printed) >= 10**-decimals:
            share = f"{100 * part / whole:.1f}".replace(".", ",").removesuffix(",0")
            yield f"{part}/{whole} là {share}%, văn bản ghi {match[3]}{',' + match[4] if match[4] else ''}%"
    if assessed is not None:
        wholes = {int(whole) for _, whole in _FRACTION.findall(text)} - {assessed}
        if wholes:
            yield f"tổng số là {assessed} tiêu chí mà phân số ghi trên {', '.join(map(str, sorted(wholes)))}"


def _level_reached(context: Context) -> Iterator[Finding]:
    plan, reached = context.plan, context.plan.level_reached
    if not reached or not context.framework or not _all_must_be_met(context.framework, reached):
        return
    short = [
        r
        for r in plan.prior_results
        if r.level is not None and r.level <= reached and r.assessed and r.met is not None and r.met < r.assessed
    ]
    if short:
        said = ", ".join(f"Mức {r.level} mới đạt {r.met}/{r.assessed}" for r in short)
        yield finding(
            RULE.id,
            "error",
            f"Văn bản ghi tự đánh giá đạt Mức {reached} nhưng {said} tiêu chí; trường đạt một mức khi mọi tiêu chí của "
            "mức đó và các mức dưới đều đạt.",
            field="level_reached",
            quote=f"Mức {reached}",
        )


def _all_must_be_met(framework: Framework, level: int) -> bool:
    """The rule of the circulars of 2018; that of 2026 lets two criteria fail."""
    asked = [rule for rule in framework.rules.school if rule.level == level]
    return bool(asked) and all(c.kind == "count" and c.of == "all" and c.at_least == "all" for c in asked[0].conditions)


def _title(context: Context) -> str:
    return context.framework.short_title if context.framework else ""


RULE = Rule(
    id="level-results",
    severity="warning",
    title="Kết quả tự đánh giá không khớp",
    explanation="Số tiêu chí đạt, không đạt, tỉ lệ và mức của trường phải khớp nhau và khớp với khung tiêu chuẩn.",
    source="Thông tư 17, 18, 19/2018/TT-BGDĐT: trường đạt một mức khi mọi tiêu chí của mức đó và các mức dưới đều đạt",
    find=_find,
)
