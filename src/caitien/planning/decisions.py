"""What the program does not settle when it makes next year's plan: one sentence, and what it would propose."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from caitien.errors import PlanFormatError
from caitien.plan.model import ImprovementPlan

DecisionKind = Literal[
    "framework",  # the old framework no longer applies
    "status",  # nothing says how far it got: is it finished?
    "repeat",  # finished, but a thing of every year
    "dropped",  # stopped: take it up again?
    "period",  # a time that cannot be moved surely, or has passed
    "criteria",  # where an old criterion goes under the new framework
    "issue",  # a proposed row of "vấn đề trọng tâm"
    "text",  # words that still name last year
    "money",  # an amount copied from last year
    "people",  # who is still there
    "evidence",  # a new code for an old one
    "legal",  # a legal basis that is repealed, or of last year
    "results",  # what the school has to fill in: results of the self-assessment
    "document",  # number, date, signature of the new paper
]

KIND_WORDS: dict[DecisionKind, str] = {
    "framework": "Khung tiêu chuẩn",
    "status": "Mục chưa rõ đã xong hay chưa",
    "repeat": "Việc hằng năm đã xong",
    "dropped": "Mục đã dừng",
    "period": "Thời gian",
    "criteria": "Tiêu chí theo khung mới",
    "issue": "Vấn đề trọng tâm",
    "text": "Chữ còn ghi năm cũ",
    "money": "Kinh phí",
    "people": "Người phụ trách",
    "evidence": "Mã minh chứng",
    "legal": "Căn cứ pháp lý",
    "results": "Kết quả năm trước",
    "document": "Số, ngày, chữ ký",
}
"""Headings of the list of decisions, in its order."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`place`: JSON pointer into the new plan; "/actions/-" is a row that is not there and could be put at the end.

    `value`: what is proposed for that place (None: nothing is); `applied`: whether the new plan has it already, so that
    agreeing means leaving it. `action`: number of the row in the new plan (for "/actions/-" in the old one).
    """

    kind: DecisionKind
    place: str
    sentence: str
    value: Any = None
    action: str | None = None
    applied: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: copy.deepcopy(getattr(self, name)) for name in self.__dataclass_fields__}


def decide(plan: ImprovementPlan, place: str, value: Any) -> ImprovementPlan:
    """The plan with one decision taken: `value` stands at `place`. None takes an entry of a list away.

    Take entries away from the last to the first: places shift. Criteria under a new framework and evidence codes are
    confirmed by `caitien.standards.confirm`, which knows what can be chosen. Raises PlanFormatError for a place that is not there or a value that
    cannot stand there.
    """
    whole = plan.to_dict()
    steps = place.strip("/").split("/")
    home: Any = whole
    try:
        for step in steps[:-1]:
            home = home[int(step)] if isinstance(home, list) else home[step]
        if isinstance(home, list):
            if steps[-1] == "-":
                home.append(copy.deepcopy(value))
            elif value is None:
                del home[int(steps[-1])]
            else:
                home[int(steps[-1])] = copy.deepcopy(value)
        else:
            home[steps[-1]] = copy.deepcopy(value)
    except (KeyError, IndexError, ValueError, TypeError):
        raise PlanFormatError(f"Kế hoạch không có chỗ “{place}”.") from None
    try:
        return ImprovementPlan.model_validate(whole)
    except ValidationError:
        raise PlanFormatError(f"Giá trị không dùng được ở chỗ “{place}” của kế hoạch.") from None
