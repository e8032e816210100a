"""Tables of results, computed from the judgements: of a standard, of all criteria, of standards with shares.

"Chưa xét" is said as such: it is no result, and never stands under "Không đạt".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caitien.standards import CriterionResult, StandardResult
from caitien.writing.assessment.examined import Examined
from caitien.writing.assessment.parts import TEXT_SIZE
from caitien.writing.document import Cell, Row, Table, cell

MARK = "x"
NOT_JUDGED = "Chưa xét"
NOT_ASKED = "–"  # a level at which the criterion is not judged


def criteria_table(
    examined: Examined, results: Sequence[CriterionResult], name: str, *, bands: bool = False, every: bool = False
) -> Table:
    """Tiêu chí | Không đạt | Đạt: Mức 1 | Mức 2.

    `bands`: a line for each standard. `every`: every level that is reached is marked (the form of 2018), not only the
    highest.
    """
    levels = [level.number for level in examined.framework.levels if any(level.number in r.judged for r in results)]
    titles = {level.number: level.title for level in examined.framework.levels}
    header = (
        Row(
            (
                _head("Tiêu chí", rowspan=2),
                _head("Không đạt", rowspan=2),
                _head("Đạt", colspan=len(levels)),
            )
        ),
        Row(tuple(_head(titles[level]) for level in levels)),
    )
    rows: list[Row] = []
    standard = None
    for one in results:
        if bands and one.standard != standard:
            standard = one.standard
            known = examined.framework.standard(standard) if standard else None
            if known is not None:
                text = f"Tiêu chuẩn {known.code}: {known.title}"
                rows.append(Row((cell(text, bold=True, colspan=2 + len(levels)),)))
        rows.append(Row((cell(f"{one.code}. {one.title}"), *_marks(one, levels, every=every))))
    return Table(
        (95, 22, *([48 / len(levels)] * len(levels))),
        header,
        tuple(rows),
        name=name,
        size=TEXT_SIZE,
        together=not bands,
    )


def _marks(one: CriterionResult, levels: Sequence[int], *, every: bool) -> Iterator[Cell]:
    own = [level for level in levels if level in one.reached]
    if all(one.reached[level] == "not_judged" for level in own):
        yield cell(NOT_JUDGED, align="center", colspan=1 + len(levels))
        return
    yield _middle(MARK if one.result == "not_met" else "")
    for level in levels:
        if level not in one.reached:
            yield _middle(NOT_ASKED)
        elif one.reached[level] == "not_judged":
            yield _middle(NOT_JUDGED)
        else:
            yield _middle(MARK if one.level == level or (every and one.reached[level] == "met") else "")


def standards_table(examined: Examined) -> Table:
    """Tiêu chuẩn | Tổng số tiêu chí | Không đạt SL, % | Mức … SL, %, with a line of sums.

    Two more columns for what is not judged stand only while there is any: then the others do not add up to all.
    """
    results = examined.result.standards
    levels = [level for level in examined.framework.levels if any(level.number in r.judged for r in _of(examined))]
    open_too = any(one.not_judged for one in results)
    named = ["Không đạt", *(level.title for level in levels), *([NOT_JUDGED] if open_too else [])]
    header = (
        Row(
            (
                _head("Tiêu chuẩn", rowspan=2),
                _head("Tổng số tiêu chí", rowspan=2),
                *(_head(n, colspan=2) for n in named),
            )
        ),
        Row(tuple(_head(text) for _ in named for text in ("SL", "%"))),
    )
    rows = [_counts(one.code, one, levels=[level.number for level in levels], open_too=open_too) for one in results]
    total = StandardResult(
        code="",
        title="",
        criteria=sum(one.criteria for one in results),
        by_level={level.number: sum(one.by_level.get(level.number, 0) for one in results) for level in levels},
        not_met=sum(one.not_met for one in results),
        not_judged=sum(one.not_judged for one in results),
    )
    last = _counts("Cộng", total, levels=[level.number for level in levels], open_too=open_too)
    rows.append(
        Row(tuple(replace(c, paragraphs=cell(c.text, align=c.align, bold=True).paragraphs) for c in last.cells))
    )
    widths = (38, 24, *([103 / (2 * len(named))] * (2 * len(named))))
    return Table(widths, header, tuple(rows), name="Tổng hợp theo tiêu chuẩn", size=TEXT_SIZE, together=True)


def _counts(name: str, one: StandardResult, *, levels: Sequence[int], open_too: bool) -> Row:
    counted = [one.not_met, *(one.by_level.get(level, 0) for level in levels), *([one.not_judged] if open_too else [])]
    cells = [cell(name if not name[:1].isdigit() else f"Tiêu chuẩn {name}"), _middle(str(one.criteria))]
    for count in counted:
        cells += [_middle(str(count)), _middle(percent(count, one.criteria))]
    return Row(tuple(cells))


def levels_table(examined: Examined) -> Table:
    """Of the form of 2018: for each level how many criteria are judged there, met, not met, not judged, with shares."""
    rows = []
    for level in examined.framework.levels:
        own = [one.reached[level.number] for one in examined.result.criteria if level.number in one.reached]
        if not own:
            continue
        counted = [own.count("met"), own.count("not_met"), own.count("not_judged")]
        cells = [cell(level.title), _middle(str(len(own)))]
        for count in counted:
            cells += [_middle(str(count)), _middle(percent(count, len(own)))]
        rows.append(Row(tuple(cells)))
    header = (
        Row(
            (
                _head("Mức", rowspan=2),
                _head("Số tiêu chí được xét", rowspan=2),
                *(_head(name, colspan=2) for name in ("Đạt", "Không đạt", NOT_JUDGED)),
            )
        ),
        Row(tuple(_head(text) for _ in range(3) for text in ("SL", "%"))),
    )
    return Table((28, 32, *([17.5] * 6)), header, tuple(rows), name="Tổng hợp theo mức", size=TEXT_SIZE, together=True)


def conclusion_of(examined: Examined, code: str) -> str:
    """ "Tiêu chí 1.1 đạt Mức 2." One that is judged no further says so; one not judged at all is "chưa xét"."""
    one = examined.results[code]
    titles = {level.number: level.title for level in examined.framework.levels}
    lowest, *_ = one.reached
    still = next((level for level, word in one.reached.items() if word == "not_judged"), None)
    if one.level:
        more = f"; {titles[still]} chưa xét" if still else ""
        return f"Tiêu chí {code} đạt {titles[one.level]}{more}."
    if one.result == "not_met":
        return f"Tiêu chí {code} không đạt {titles[lowest]}."
    return f"Tiêu chí {code} chưa xét."


def school_level(examined: Examined) -> str:
    """One sentence: the level of the school, or why it cannot be concluded yet."""
    result = examined.result
    titles = {level.number: level.title for level in examined.framework.levels}
    if result.complete:
        lowest = titles[min(titles)]
        return f"đạt {titles[result.level]}" if result.level else f"chưa đạt {lowest}"
    so_far = f"tính đến nay đạt {titles[result.level]}" if result.level else "tính đến nay chưa đủ căn cứ cho mức nào"
    return f"chưa kết luận, vì còn tiêu chí chưa xét ({', '.join(examined.unfinished)}); {so_far}"


def percent(count: int, whole: int) -> str:
    """A share with at most one decimal, as Vietnamese writes it: 33,3. "" of nothing."""
    return f"{100 * count / whole:.1f}".removesuffix(".0").replace(".", ",") if whole else ""


def _of(examined: Examined) -> list[CriterionResult]:
    return [one for one in examined.result.criteria if one.standard is not None]


def _head(text: str, *, colspan: int = 1, rowspan: int = 1) -> Cell:
    return cell(text, align="center", valign="middle", bold=True, colspan=colspan, rowspan=rowspan)


def _middle(text: str) -> Cell:
    return cell(text, align="center", valign="middle")
