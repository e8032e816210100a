"""A criterion in the five parts of 2018: hiện trạng, điểm mạnh, điểm yếu, kế hoạch cải tiến, tự đánh giá (CV 5932/2018)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caitien.assessment.model import Judged
from caitien.standards import Criterion, CriterionResult, Framework
from caitien.standards.model import CriterionLevel
from caitien.writing.assessment.citations import Citations
from caitien.writing.assessment.examined import WORDS, Examined
from caitien.writing.assessment.parts import TEXT_SIZE, items, line, long_text, weaknesses
from caitien.writing.assessment.result_tables import conclusion_of
from caitien.writing.document import Block, Cell, Heading, Row, Table, cell

NO_LETTERS = "(*)"  # a level without lettered indicators
EMPTY = "–"


def is_2018(framework: Framework) -> bool:
    """Whether reports of a framework have five parts a criterion: the circulars of 2018, whose codes have boxes."""
    return "{box}" in framework.evidence.code


def five_parts(examined: Examined, criterion: Criterion, cites: Citations, *, level: int) -> Iterator[Block]:
    """The five parts under headings of this level of the outline."""
    review = examined.review(criterion.code)
    titles = {one.number: one.title for one in examined.framework.levels}
    yield Heading("1. Mô tả hiện trạng", level=level)
    for n, one in enumerate(criterion.levels, start=1):
        if len(criterion.levels) > 1:
            yield line(f"1.{n}. {titles[one.level]}", bold=True)
        written = examined.level(criterion.code, one.level).description
        yield from long_text(written, cites, key=examined.key(criterion.code, "level", one.level))
    yield Heading("2. Điểm mạnh", level=level)
    yield from items(review.strengths, cites, key=examined.key(criterion.code, "strengths"))
    yield Heading("3. Điểm yếu", level=level)
    yield from weaknesses(review.weaknesses, cites, codes=False)
    yield Heading("4. Kế hoạch cải tiến chất lượng", level=level)
    yield from long_text(review.improvement, cites, key=examined.key(criterion.code, "improvement"))
    yield Heading("5. Tự đánh giá", level=level)
    yield indicators_table(examined, criterion)
    yield line(conclusion_of(examined, criterion.code), bold=True)


def indicators_table(examined: Examined, criterion: Criterion) -> Table:
    """For each level its indicators a, b, c with đạt or không đạt, and below the level's own result."""
    result = examined.results[criterion.code]
    judged = {one.code: one.judged for one in examined.review(criterion.code).requirements}
    columns = [_indicators(level, result, judged) for level in criterion.levels]
    tall = max(len(column) for column in columns)
    titles = {one.number: one.title for one in examined.framework.levels}
    header = (
        Row(tuple(_middle(titles[level.level], bold=True, colspan=2) for level in criterion.levels)),
        Row(
            tuple(
                _middle(text, bold=True)
                for n in range(len(columns))
                for text in ("Chỉ báo" if n == 0 else "Chỉ báo (nếu có)", "Đạt/Không đạt")
            )
        ),
    )
    rows = [
        Row(tuple(_middle(text) for column in columns for text in (column[n] if n < len(column) else (EMPTY, EMPTY))))
        for n in range(tall)
    ]
    rows.append(
        Row(tuple(_middle(WORDS[result.judged[level.level]], bold=True, colspan=2) for level in criterion.levels))
    )
    return Table(
        tuple(1.0 for _ in range(2 * len(columns))),
        header,
        tuple(rows),
        name=f"Tự đánh giá {criterion.code}",
        size=TEXT_SIZE,
        together=True,
    )


def _indicators(
    level: CriterionLevel, result: CriterionResult, judged: Mapping[str, Judged | None]
) -> list[tuple[str, str]]:
    """Letter and word of each indicator. A level judged as a whole speaks for its indicators only when it is met, or
    when it has but one: which of several is not met nobody has said."""
    whole = result.judged[level.level]
    if not level.lettered or len(level.requirements) < 2:
        return [(NO_LETTERS, WORDS[whole])]
    found = []
    for requirement in level.requirements:
        one = judged.get(requirement.code)
        if one is None and whole == "met":
            one = "met"
        word = WORDS[one] if one or whole == "not_judged" else ""
        found.append((requirement.code.rpartition(".")[2], word))
    return found


def _middle(text: str, *, bold: bool = False, colspan: int = 1) -> Cell:
    return cell(text, align="center", valign="middle", bold=bold, colspan=colspan)
