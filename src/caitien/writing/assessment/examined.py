"""A self-assessment beside its framework: what was judged, what comes of it, and that both speak of the same criteria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from caitien.assessment.judging import judgements_of
from caitien.assessment.model import CriterionReview, LevelReview, SelfAssessment, StandardReview
from caitien.errors import WritingError
from caitien.standards import Criterion, CriterionResult, Framework, SchoolResult, judge, load

WORDS = {"met": "Đạt", "not_met": "Không đạt", None: "Chưa xét", "not_judged": "Chưa xét"}


@dataclass(frozen=True)
class Examined:
    """`result` is computed from the judgements each time; it is stored nowhere."""

    assessment: SelfAssessment
    framework: Framework
    result: SchoolResult

    @cached_property
    def results(self) -> dict[str, CriterionResult]:
        return {one.code: one for one in self.result.criteria}

    @cached_property
    def _reviews(self) -> dict[str, tuple[int, CriterionReview]]:
        return {review.code: (n, review) for n, review in enumerate(self.assessment.criteria)}

    def review(self, code: str) -> CriterionReview:
        """The review of a criterion, an empty one when nobody has written any."""
        return self._reviews[code][1] if code in self._reviews else CriterionReview(code=code)

    def level(self, code: str, level: int) -> LevelReview:
        """The review of a criterion at a level, an empty one when there is none."""
        return next((one for one in self.review(code).levels if one.level == level), LevelReview(level=level))

    def key(self, code: str, *rest: object) -> str | None:
        """The pointer of a field of a criterion's review; None when there is no review that it could point into."""
        if code not in self._reviews:
            return None
        at, review = self._reviews[code]
        if rest[:1] == ("level",):
            place = next((n for n, one in enumerate(review.levels) if one.level == rest[1]), None)
            return None if place is None else f"criteria/{at}/levels/{place}/description"
        return "/".join(["criteria", str(at), *map(str, rest)])

    def standard(self, code: str) -> StandardReview:
        """The review of a standard, an empty one when nobody has written any."""
        return next((one for one in self.assessment.standards if one.code == code), StandardReview(code=code))

    @property
    def unfinished(self) -> list[str]:
        """Codes of criteria with a level that is still to be judged (one above a level not met is not)."""
        return [one.code for one in self.result.criteria if "not_judged" in one.reached.values()]


def framework_of(assessment: SelfAssessment) -> Framework:
    """The framework of a self-assessment. Raises WritingError when it names none, UnknownFramework for one not here."""
    if not assessment.framework:
        raise WritingError("Bản tự đánh giá chưa ghi khung tiêu chuẩn; hãy chọn khung trước khi viết văn bản này.")
    return load(assessment.framework)


def examine(assessment: SelfAssessment) -> Examined:
    """The self-assessment with its framework and its result.

    Raises WritingError when it speaks of criteria, levels or standards that the framework does not have, or twice of
    one: an official paper must not leave out in silence what somebody wrote.
    """
    framework = framework_of(assessment)
    _same_things(assessment, framework)
    return Examined(assessment, framework, judge(framework, judgements_of(assessment, framework)))


def criteria_asked(examined: Examined, code: str | None) -> list[Criterion]:
    """The criterion asked for, or all of the framework. Raises WritingError for one that it does not have."""
    framework = examined.framework
    if code is None:
        return [*framework.criteria, *framework.level_items]
    criterion = framework.criterion(code)
    if criterion is None:
        raise WritingError(f"Khung {framework.id} không có tiêu chí “{code}”.")
    return [criterion]


def _same_things(assessment: SelfAssessment, framework: Framework) -> None:
    for review in assessment.criteria:
        criterion = framework.criterion(review.code)
        if criterion is None:
            raise WritingError(
                f"Bản tự đánh giá có tiêu chí “{review.code}” mà khung {framework.id} không có; "
                "hãy chuyển nội dung sang tiêu chí đúng rồi viết lại."
            )
        for level in review.levels:
            if criterion.level(level.level) is None:
                raise WritingError(
                    f"Tiêu chí {review.code} của bản tự đánh giá có Mức {level.level} mà khung {framework.id} không xét."
                )
        _once((str(level.level) for level in review.levels), f"Mức của tiêu chí {review.code}")
    for standard in assessment.standards:
        if not any(standard.code == known.code for known in framework.standards):
            raise WritingError(f"Bản tự đánh giá có tiêu chuẩn “{standard.code}” mà khung {framework.id} không có.")
    _once((review.code for review in assessment.criteria), "Tiêu chí")
    _once((standard.code for standard in assessment.standards), "Tiêu chuẩn")


def _once(codes: Iterable[str], what: str) -> None:
    double = next((code for code, count in Counter(codes).items() if count > 1), None)
    if double is not None:
        raise WritingError(f"{what} “{double}” ghi hai lần trong bản tự đánh giá; hãy gộp lại thành một.")
