"""Last year's self-assessment as the beginning of this year's: what goes over, and in plain sentences what does not.

Judgements never go over: each year is judged anew. Under another framework criteria go the way of the crosswalk, which
is a proposal of people; where none is written, criteria with the same code and title are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from caitien.assessment.model import (
    Council,
    CriterionReview,
    LevelReview,
    Overview,
    SelfAssessment,
    StandardReview,
    TableData,
    Weakness,
    WorkingGroup,
)
from caitien.assessment.tables_carrying import carried
from caitien.assessment.tables_model import SchoolTables
from caitien.plan.model import DocumentInfo
from caitien.plan.text import fold, one_space
from caitien.standards import crosswalk
from caitien.standards.model import Framework

Part = Literal["council", "texts", "words", "tables", "weaknesses"]
PARTS: tuple[Part, ...] = ("council", "texts", "words", "tables", "weaknesses")
"""What can be chosen: council with groups and writers; texts of criteria and standards as a start; words of part I and
abbreviations; school data; weaknesses."""
STANDARDS_HOLD = ("opening", "trend", "conclusion")
YEARLY = ("period",)
"""Words of part I that are another year's every year."""


@dataclass(frozen=True, slots=True)
class Begun:
    """`value`: the beginning of the new year. `notes`: one sentence for each kind of thing that did not go over."""

    value: SelfAssessment
    notes: tuple[str, ...]
    members: int
    groups: int
    texts: int  # criteria that begin with words
    tables: int
    weaknesses: int


def begun_from(
    before: SelfAssessment,
    old: Framework,
    new: Framework,
    to_year: str,
    parts: Collection[str] = PARTS,
    *,
    tables: tuple[SchoolTables | None, SchoolTables | None] = (None, None),
) -> Begun:
    """The value for `to_year` under the framework `new`, out of last year's. Nothing of `before` is changed.

    `parts`: of `PARTS`. `tables`: the tables of school data of the old and the new framework at the school's level; data
    of tables that the new one does not have stay behind, which is said. Evidence and decisions' numbers and days never go over.
    """
    ways = _Ways(old, new)
    notes: list[str] = []
    made = SelfAssessment(school=before.school, school_year=to_year, framework=new.id)
    head = before.document
    made.document = DocumentInfo(
        place=head.place, issuing_body=head.issuing_body, parent_body=head.parent_body, signer=head.signer.model_copy()
    )
    if "words" in parts:
        _words(before, made, same=old.id == new.id)
    if "council" in parts:
        _council(before, made, ways, notes)
    if "texts" in parts:
        _texts(before, made, ways, notes)
    if "weaknesses" in parts:
        _weaknesses(before, made, ways, notes)
    if "tables" in parts:
        made.tables = _tables(before, to_year, tables, notes)
        made.tables_level = before.tables_level if made.tables else None
    if any(level.judged for review in before.criteria for level in review.levels):
        notes.append("Nhận định đạt, không đạt không chuyển: năm nào cũng nhận định lại.")
    if not ways.same:
        notes += ways.said()
    council = made.council
    return Begun(
        made,
        tuple(notes),
        members=len(council.members),
        groups=len(council.groups),
        texts=sum(1 for review in made.criteria if any(level.description for level in review.levels)),
        tables=len(made.tables),
        weaknesses=sum(len(one.weaknesses) for one in made.standards) + sum(len(r.weaknesses) for r in made.criteria),
    )


class _Ways:
    """Where each old criterion goes."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.old, self.new, self.same = old, new, old.id == new.id
        self.walk = None if self.same else crosswalk(old.id, new.id)
        self.known = set(new.codes)
        titles = {code: fold(one.title) for code in new.codes if (one := new.criterion(code))}
        self.alike = {
            code
            for code in old.codes
            if code in self.known and (one := old.criterion(code)) and fold(one.title) == titles.get(code)
        }
        self.lost: list[str] = []

    def to(self, code: str) -> list[str]:
        """The new criteria, main ones only; [] when there is none (remembered)."""
        if self.same:
            return [code] if code in self.known else []
        if self.walk is not None:
            move = self.walk.move(code)
            found = [t.code for t in move.new if t.main] if move else []
        else:
            found = [code] if code in self.alike else []
        if not found and code not in self.lost:
            self.lost.append(code)
        return found

    def all_to(self, codes: Sequence[str]) -> list[str]:
        found = {target for code in codes for target in self.to(code)}
        return [code for code in self.new.codes if code in found]

    def said(self) -> list[str]:
        told = []
        if self.walk is not None:
            told.append(
                "Tiêu chí chuyển theo bảng chuyển giữa hai khung, là đề xuất: hãy xem lại phân công và lời từng tiêu chí."
            )
        elif not self.alike:
            told.append("Chưa có bảng chuyển giữa hai khung này nên không gì của từng tiêu chí được chuyển.")
        if self.lost and (self.walk is not None or self.alike):
            told.append(f"Không có tiêu chí tương ứng ở khung mới: {', '.join(self.lost)}.")
        return told


def _words(before: SelfAssessment, made: SelfAssessment, *, same: bool) -> None:
    kept = before.overview.model_dump(exclude=set(YEARLY))
    made.overview = Overview.model_validate(kept)
    made.abbreviations = dict(before.abbreviations)
    if same:
        made.legal_bases = [basis.model_copy(deep=True) for basis in before.legal_bases]


def _council(before: SelfAssessment, made: SelfAssessment, ways: _Ways, notes: list[str]) -> None:
    made.council = Council(
        members=[member.model_copy(deep=True) for member in before.council.members],
        groups=[
            WorkingGroup(**{**group.model_dump(), "criteria": ways.all_to(group.criteria)})
            for group in before.council.groups
        ],
    )
    for review in before.criteria:
        for code in ways.to(review.code) if review.writers else ():
            there = _review(made, code)
            there.writers = list(dict.fromkeys([*there.writers, *review.writers]))
    if before.council.decision.number or before.council.decision.date:
        notes.append("Số và ngày quyết định thành lập hội đồng không chuyển: hãy ghi quyết định của năm nay.")


def _texts(before: SelfAssessment, made: SelfAssessment, ways: _Ways, notes: list[str]) -> None:
    for review in before.criteria:
        if not any((level.description or "").strip() for level in review.levels) and not review.strengths:
            continue
        for code in ways.to(review.code):
            there = _review(made, code)
            if ways.same:
                _same_levels(review, there, ways.new)
            else:
                _joined(review, there, ways)
            holder = there if _at_criterion(ways.new) else _standard(made, _standard_of(ways.new, code))
            holder.strengths = list(dict.fromkeys([*holder.strengths, *review.strengths]))
    if ways.same:
        for standard in before.standards:
            if any(standard.code == one.code for one in ways.new.standards):
                there_ = _standard(made, standard.code)
                for name in STANDARDS_HOLD:
                    setattr(there_, name, getattr(standard, name))
                there_.strengths = list(standard.strengths)
    elif any(one.strengths or one.trend or one.opening for one in before.standards):
        notes.append("Đánh giá chung của các tiêu chuẩn không chuyển vì khung khác; xem lại ở bản năm trước.")
    if any(review.improvement for review in before.criteria):
        notes.append("Kế hoạch cải tiến ghi trong từng tiêu chí không chuyển: nó thuộc về năm trước.")


def _same_levels(review: CriterionReview, there: CriterionReview, new: Framework) -> None:
    criterion = new.criterion(review.code)
    known = {level.level for level in criterion.levels} if criterion else set()
    there.levels = [
        LevelReview(level=level.level, description=level.description) for level in review.levels if level.level in known
    ]


def _joined(review: CriterionReview, there: CriterionReview, ways: _Ways) -> None:
    """Old texts one after the other in the lowest level, each with a line that says where it stood."""
    criterion = ways.new.criterion(there.code)
    if criterion is None or not criterion.levels:
        return
    lowest = min(level.level for level in criterion.levels)
    if not there.levels:
        there.levels = [LevelReview(level=lowest)]
    texts = [there.levels[0].description or ""]
    for level in review.levels:
        if (level.description or "").strip():
            texts.append(f"[Tiêu chí {review.code}, Mức {level.level}, {ways.old.short_title}]\n{level.description}")
    there.levels[0].description = "\n".join(text for text in texts if text) or None


def _weaknesses(before: SelfAssessment, made: SelfAssessment, ways: _Ways, notes: list[str]) -> None:
    left: list[str] = []
    for standard in before.standards:
        for one in standard.weaknesses:
            codes = ways.all_to(one.criteria)
            if ways.same:
                _put(made, standard.code, codes, one, ways.new)
            elif codes:
                _put(made, _standard_of(ways.new, codes[0]), codes, one, ways.new)
            else:
                left.append(one.text)
    for review in before.criteria:
        for one in review.weaknesses:
            codes = ways.all_to([review.code])
            if codes:
                _put(made, _standard_of(ways.new, codes[0]), codes, one, ways.new)
            else:
                left.append(one.text)
    notes += [f"Hạn chế không chuyển vì không rõ thuộc tiêu chí nào của khung mới: “{_short(text)}”." for text in left]


def _put(made: SelfAssessment, standard: str, codes: list[str], one: Weakness, new: Framework) -> None:
    copy = Weakness(text=one.text, cause=one.cause, priority=one.priority, criteria=codes)
    if _at_criterion(new) and codes:
        _review(made, codes[0]).weaknesses.append(copy)
    else:
        _standard(made, standard).weaknesses.append(copy)


def _tables(
    before: SelfAssessment, to_year: str, tables: tuple[SchoolTables | None, SchoolTables | None], notes: list[str]
) -> list[TableData]:
    old, new = tables
    if not before.tables:
        return []
    if old is None or new is None or before.school_year is None:
        notes.append("Số liệu không chuyển: chưa có mẫu bảng số liệu của cấp học này.")
        return []
    found = carried(before.tables, old, before.school_year, to_year)
    ours = [one for one in found if old is new or old.id == new.id or new.table(one.table) is not None]
    if len(ours) < len(found):
        named = ", ".join((t.title if (t := old.table(one.table)) else one.table) for one in found if one not in ours)
        notes.append(f"Bảng số liệu mà khung mới không có nên không chuyển: {named}.")
    return ours


def _review(made: SelfAssessment, code: str) -> CriterionReview:
    found = next((one for one in made.criteria if one.code == code), None)
    if found is None:
        found = CriterionReview(code=code)
        made.criteria.append(found)
    return found


def _standard(made: SelfAssessment, code: str) -> StandardReview:
    found = next((one for one in made.standards if one.code == code), None)
    if found is None:
        found = StandardReview(code=code)
        made.standards.append(found)
    return found


def _standard_of(framework: Framework, code: str) -> str:
    return next((s.code for s in framework.standards if any(c.code == code for c in s.criteria)), "")


def _at_criterion(framework: Framework) -> bool:
    """Whether strengths and weaknesses stand at the criterion (2018) and not at the standard (Thông tư 57/2026)."""
    return framework.id.startswith("tt1")


def _short(text: str) -> str:
    words = one_space(text)
    return words if len(words) <= 80 else f"{words[:79]}…"
