"""One question of `caitien level` and of the API: a JSON object with a framework and judgements -> a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from caitien.standards.judgements import Judgements, read_judgements
from caitien.standards.judging import judge, judge_units
from caitien.standards.loading import load
from caitien.standards.model import Framework
from caitien.standards.problems import JudgementError
from caitien.standards.results import SchoolResult

UNIT_NAMES = {
    "mam_non": "Mầm non",
    "tieu_hoc": "Tiểu học",
    "thcs": "THCS",
    "thpt": "THPT",
    "gdtx": "GDTX",
}
_FIELDS = ("framework", "judgements", "units", "figures", "id")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, read. `units` is empty for a school of one education level; "" names the school itself there."""

    parts: dict[str, tuple[Framework, Judgements]]
    figures: dict[str, Mapping[str, object]] = field(default_factory=dict)
    id: Any = None
    has_id: bool = False

    @property
    def framework(self) -> Framework:
        return next(iter(self.parts.values()))[0]

    def changed(self, raw: Mapping[str, object], unit: str = "") -> Question:
        """A copy in which the judgements `raw` stand instead (what-if). Raises JudgementError."""
        if unit not in self.parts:
            raise JudgementError(f"Không có cấp học “{unit}”; có: {', '.join(self.parts)}.")
        framework, judgements = self.parts[unit]
        parts = {**self.parts, unit: (framework, judgements.changed(read_judgements(framework, raw)))}
        return Question(parts, self.figures, self.id, self.has_id)


def read_question(raw: object) -> Question:
    """A question out of plain JSON values. Raises JudgementError or UnknownFramework with one Vietnamese sentence.

    `raw`: {"framework": id, "judgements": {…}}; for a school of several education levels {"framework": id, "units":
    {"tieu_hoc": {judgements}, "thcs": {judgements}}}, where a unit can be {"framework": id, "judgements": {…}} too.
    "figures" {code: number} can stand beside judgements; "id" is given back; other fields are left alone, unless their name
    is nearly one of these.
    """
    if not isinstance(raw, Mapping):
        raise JudgementError('Mỗi trường phải là một đối tượng JSON { "framework": …, "judgements": … }.')
    for key in raw:
        near = get_close_matches(key, _FIELDS, n=1, cutoff=0.8) if key not in _FIELDS else []
        if near:
            raise JudgementError(f"Trường “{key}” không được dùng. Có phải “{near[0]}”?")
    parts: dict[str, tuple[Framework, Judgements]] = {}
    figures: dict[str, Mapping[str, object]] = {}
    if ("judgements" in raw) == ("units" in raw):
        raise JudgementError("Cần “judgements” (trường một cấp) hoặc “units” (trường nhiều cấp), và chỉ một trong hai.")
    if "judgements" in raw:
        framework = _framework(raw.get("framework"))
        parts[""] = framework, read_judgements(framework, raw["judgements"])
        figures[""] = _figures(raw.get("figures"))
        return Question(parts, figures, raw.get("id"), "id" in raw)
    units = raw["units"]
    if not isinstance(units, Mapping) or not units:
        raise JudgementError("“units” phải là một đối tượng { cấp học: nhận định }, có ít nhất một cấp.")
    if "figures" in raw:
        raise JudgementError("Trường nhiều cấp ghi “figures” trong từng cấp học.")
    for unit, given in units.items():
        if not isinstance(given, Mapping):
            raise JudgementError(f"Nhận định của cấp “{unit}” phải là một đối tượng.")
        whole = "judgements" in given
        framework = _framework((given.get("framework") if whole else None) or raw.get("framework"))
        try:
            parts[unit] = framework, read_judgements(framework, given["judgements"] if whole else given)
        except JudgementError as error:
            raise JudgementError(f"Cấp “{unit}”: {error}") from None
        figures[unit] = _figures(given.get("figures") if whole else None)
    return Question(parts, figures, raw.get("id"), "id" in raw)


def answer(question: Question) -> SchoolResult:
    """The result of a question. Raises JudgementError for figures that are none."""
    if "" in question.parts:
        framework, judgements = question.parts[""]
        return judge(framework, judgements, question.figures.get(""))
    return judge_units(question.parts, UNIT_NAMES, question.figures)


def _framework(framework_id: object) -> Framework:
    if not isinstance(framework_id, str):
        raise JudgementError('Thiếu “framework”: mã khung tiêu chuẩn, ví dụ "tt57-2026-pho-thong".')
    return load(framework_id)


def _figures(raw: object) -> Mapping[str, object]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise JudgementError("“figures” phải là một đối tượng { mã yêu cầu: số }.")
    return raw
