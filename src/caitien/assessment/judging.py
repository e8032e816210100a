"""The judgements of a self-assessment for the engine, and what is lacking behind each "met".

People judge. That a level is met needs a text and at least one verified evidence: what is lacking is named, one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caitien.assessment.evidence_health import citations, is_expired
from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import CriterionReview, LevelReview, SelfAssessment
from caitien.plan.text import one_space
from caitien.standards.judgements import Judgement, Judgements
from caitien.standards.model import Framework


def judgements_of(
    assessment: SelfAssessment, framework: Framework, *, proven_only: bool = False, on: date | None = None
) -> Judgements:
    """What the school judged, for `caitien.standards.judge`. What the framework does not have is left out (see `judgement_findings`).

    `proven_only`: "met" without text or verified evidence counts as not judged. `on`: the day on which evidence has to hold.
    """
    lacks = {(place.criterion, place.level) for _, place in _unproven(assessment, framework, on)} if proven_only else ()
    levels: dict[str, dict[int, Judgement]] = {}
    requirements: dict[str, Judgement] = {}
    for review in assessment.criteria:
        criterion = framework.criterion(review.code)
        if criterion is None:
            continue
        for level in review.levels:
            if criterion.level(level.level) is None or level.judged is None:
                continue
            lacking = level.judged == "met" and (review.code, level.level) in lacks
            levels.setdefault(review.code, {})[level.level] = "not_judged" if lacking else level.judged
        known = {requirement.code for requirement in criterion.requirements}
        requirements |= {one.code: one.judged for one in review.requirements if one.judged and one.code in known}
    return Judgements(levels, requirements)


def judgement_findings(assessment: SelfAssessment, framework: Framework, on: date | None = None) -> list[Finding]:
    """What is wrong with the judgements: a "met" without text or verified evidence, codes that the framework does not
    have, a criterion that is there twice, a higher level met above a lower one that is not."""
    found = list(_unknown(assessment, framework))
    faults = _unproven(assessment, framework, on)
    found += [Finding(rule, "error", _sentence(rule, place), place) for rule, place in faults]
    for review in assessment.criteria:
        found += _order(review)
    return found


def _unproven(assessment: SelfAssessment, framework: Framework, on: date | None) -> list[tuple[str, Place]]:
    """Each fault of each level that is judged met: "met-without-text", "met-without-evidence", "met-without-verified"."""
    by_level: dict[tuple[str, int], set[int]] = {}
    for one in citations(assessment, framework.evidence).citations:
        if one.place.criterion and one.place.level is not None and one.entry is not None:
            by_level.setdefault((one.place.criterion, one.place.level), set()).add(one.entry)
    linked: dict[str, set[int]] = {}
    for n, entry in enumerate(assessment.evidence):
        for code in entry.criteria:
            linked.setdefault(code, set()).add(n)
    good = {
        n
        for n, entry in enumerate(assessment.evidence)
        if entry.state == "verified" and not (on is not None and is_expired(entry, on))
    }
    found: list[tuple[str, Place]] = []
    for review in assessment.criteria:
        for level in review.levels:
            if level.judged != "met":
                continue
            place = Place(criterion=review.code, level=level.level, field="judged")
            if not _has_text(level):
                found.append(("met-without-text", place))
            its = by_level.get((review.code, level.level), set()) | linked.get(review.code, set())
            if not its:
                found.append(("met-without-evidence", place))
            elif not its & good:
                found.append(("met-without-verified", place))
    return found


def _has_text(level: LevelReview) -> bool:
    return any(letter.isalpha() for letter in one_space(level.description))


def _sentence(rule: str, place: Place) -> str:
    what = {
        "met-without-text": "chưa viết hiện trạng, kết quả",
        "met-without-evidence": "chưa có minh chứng nào",
        "met-without-verified": "chưa có minh chứng nào đã được xác nhận và còn hiệu lực",
    }[rule]
    return f"Tiêu chí {place.criterion}, Mức {place.level}: nhận định đạt nhưng {what}."


def _unknown(assessment: SelfAssessment, framework: Framework) -> Iterator[Finding]:
    seen: set[str] = set()
    for review in assessment.criteria:
        place = Place(criterion=review.code)
        if review.code in seen:
            yield Finding("criterion-twice", "error", f"Tiêu chí {review.code} có hai phiếu đánh giá.", place)
        seen.add(review.code)
        criterion = framework.criterion(review.code)
        if criterion is None:
            said = f"Khung {framework.id} không có tiêu chí {review.code}; phiếu này không được tính."
            yield Finding("not-in-framework", "error", said, place)
            continue
        for level in review.levels:
            if criterion.level(level.level) is None:
                said = f"Tiêu chí {review.code} không xét ở Mức {level.level}; nhận định này không được tính."
                at = Place(criterion=review.code, level=level.level)
                yield Finding("not-in-framework", "error" if level.judged else "warning", said, at)
        known = {requirement.code for requirement in criterion.requirements}
        for one in review.requirements:
            if one.code not in known:
                said = f"Tiêu chí {review.code} không có yêu cầu “{one.code}”; nhận định này không được tính."
                yield Finding("not-in-framework", "warning", said, place)


def _order(review: CriterionReview) -> Iterator[Finding]:
    """A level is looked at only when the one below is met (Biểu 1, Thông tư 57/2026; the same in 2018)."""
    below: LevelReview | None = None
    for level in sorted(review.levels, key=lambda one: one.level):
        if level.judged == "met" and below is not None and below.judged != "met":
            state = "không đạt" if below.judged == "not_met" else "chưa xét"
            said = f"Tiêu chí {review.code}: Mức {level.level} đạt nhưng Mức {below.level} {state}."
            yield Finding("level-out-of-order", "error", said, Place(criterion=review.code, level=level.level))
        below = level
