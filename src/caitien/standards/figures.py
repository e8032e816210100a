"""What figures can do: warn. They never decide (Thông tư 57/2026, Điều 27 khoản 4; of 2018, a person judges all the same)."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping

from caitien.standards.judgements import Judgements
from caitien.standards.model import Framework, Requirement, Threshold
from caitien.standards.problems import JudgementError

LARGEST = 10**15  # of a figure of a school: beyond it is no number, and not NaN either
_HOLDS = {">=": operator.ge, "<=": operator.le, "=": operator.eq, ">": operator.gt, "<": operator.lt}
_WORDS = {">=": "từ", "<=": "không quá", "=": "đúng", ">": "trên", "<": "dưới"}


def figure_warnings(framework: Framework, judgements: Judgements, figures: Mapping[str, object]) -> Iterator[str]:
    """Sentences where a figure and a judgement do not go together. Raises JudgementError for what is no figure.

    `figures`: code of a requirement -> number, or {metric: number} where its text names several. Figures by code of an
    indicator (1.3.Q1) are accepted and never compared: they have no threshold.
    """
    if not figures:
        return
    requirements = {
        r.code: (r, c.code, level.level)
        for c in (*framework.criteria, *framework.level_items)
        for level in c.levels
        for r in level.requirements
    }
    indicators = {i.code for c in framework.criteria for i in c.indicators}
    for code, given in figures.items():
        if code in indicators:
            continue
        if code not in requirements:
            raise JudgementError(f"“figures”: khung {framework.id} không có yêu cầu hay dữ liệu “{code}”.")
        requirement, criterion, level = requirements[code]
        judged = judgements.requirements.get(code) or judgements.levels.get(criterion, {}).get(level)
        for metric, number in _numbers(requirement, given):
            for threshold in requirement.thresholds:
                fits = threshold.metric != metric or _HOLDS[threshold.operator](number, threshold.value)
                if judged == "met" and not fits:
                    yield _sentence(code, threshold, number)


def _numbers(requirement: Requirement, given: object) -> Iterator[tuple[str, float]]:
    metrics = list(dict.fromkeys(t.metric for t in requirement.thresholds))
    if isinstance(given, Mapping):
        unknown = next((metric for metric in given if metric not in metrics), None)
        if unknown is not None:
            raise JudgementError(f"“figures”: yêu cầu {requirement.code} không có số liệu “{unknown}”.")
        pairs = list(given.items())
    elif len(metrics) > 1:
        raise JudgementError(
            f"“figures”: yêu cầu {requirement.code} có nhiều số liệu, hãy ghi tên: {'; '.join(metrics)}."
        )
    else:
        pairs = [(metric, given) for metric in metrics]
    for metric, number in pairs:
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) < LARGEST:
            raise JudgementError(f"“figures”: số liệu của yêu cầu {requirement.code} phải là một số.")
        yield metric, number


def _sentence(code: str, threshold: Threshold, number: float) -> str:
    where = f" ({threshold.applies_to})" if threshold.applies_to else ""
    return (
        f"Yêu cầu {code} ghi đạt, còn số liệu “{threshold.metric}” là {number:g} {threshold.unit}, văn bản nêu "
        f"{_WORDS[threshold.operator]} {threshold.value:g} {threshold.unit}{where}. Số liệu chỉ cảnh báo, hãy xem lại nhận định."
    )
