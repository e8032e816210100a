"""The level board: every criterion with its judgements, its evidence, who writes it and how far it is. Values only, no query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caitien.standards.model import Framework
from caitien.web.assessments.models import CriterionReview
from caitien.web.assessments.states import MARKS
from caitien.web.frameworks.words import level_titles

JUDGED: dict[str, tuple[Any, str, str]] = {
    "met": (_("Đạt"), "success", "check"),
    "not_met": (_("Không đạt"), "error", "x"),
    "": (_("Chưa xét"), "muted", "circle"),
}
"""A judgement -> its word, tone, drawing."""

STATES: dict[str, tuple[Any, str, str]] = {state.value: (state.label, *MARKS[state]) for state in CriterionReview.State}
"""State of a sheet -> its word, tone, drawing."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One evidence in use for a criterion, as far as the board needs it. `valid_until`: the last day on which it holds."""

    criterion: str
    evidence: Any
    code: str
    state: str
    valid_until: date | None

    def holds(self, on: date) -> bool:
        """Whether it is verified and not over."""
        return self.state == "verified" and (self.valid_until is None or self.valid_until >= on)


@dataclass(frozen=True, slots=True)
class Cell:
    """A judgement at a level. `asked` False: the criterion is not judged at this level."""

    level: int
    title: str
    judged: str = ""
    asked: bool = True
    has_text: bool = False
    bare: bool = False  # "met", with nothing behind it that holds today


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion of the board."""

    code: str
    title: str
    mandatory: bool
    standard: str
    state: str
    writers: Sequence[str]
    cells: tuple[Cell, ...]
    proven: int
    evidence: int
    changed_at: datetime | None
    changed_by: Any
    mine: bool = False

    @property
    def written(self) -> bool:
        """Whether anything was written at any level."""
        return any(cell.has_text for cell in self.cells)

    def steps_to(self, level: int) -> list[str]:
        """What is to be done so that a level can be judged met, as words: write, prove, judge, or mend."""
        cells = [cell for cell in self.cells if cell.asked and cell.level <= level]
        steps = [gettext("viết %(level)s") % {"level": cell.title} for cell in cells if not cell.has_text]
        if not self.proven:
            steps.append(gettext("nhờ xác nhận minh chứng") if self.evidence else gettext("gắn minh chứng"))
        if not steps:
            steps += [gettext("nhận định %(level)s") % {"level": cell.title} for cell in cells if not cell.judged]
        return steps


@dataclass(frozen=True, slots=True)
class Band:
    """A standard with its criteria; items of Level 4 stand in a band of no code."""

    code: str
    title: str
    rows: tuple[Row, ...]
    reviewed: bool = False  # something stands in its đánh giá chung
    weaknesses: int = 0


FILTERS: dict[str, tuple[Any, str, str, Callable[[Row], bool]]] = {
    "cua-toi": (_("của tôi"), "", "user", lambda row: row.mine),
    "chua-viet": (_("chưa viết"), "", "edit", lambda row: not row.written),
    "da-nop": (_("đã nộp, chờ duyệt"), "", "clock", lambda row: row.state == "submitted"),
    "tra-lai": (_("bị trả lại"), "warning", "warning", lambda row: row.state == "returned"),
    "thieu-mc": (_("thiếu minh chứng"), "warning", "evidence", lambda row: not row.proven),
}
"""Name in the address -> words, tone, drawing, which rows."""


@dataclass(frozen=True, slots=True)
class Board:
    """All bands, and how many criteria each filter has."""

    bands: tuple[Band, ...]
    levels: tuple[tuple[int, str], ...]  # columns
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every criterion, in order."""
        return tuple(row for band in self.bands for row in band.rows)

    def filtered(self, name: str) -> tuple[Band, ...]:
        """The bands with the rows of a filter; a band without any is left out. All of them for "" or an unknown name."""
        if name not in FILTERS:
            return self.bands
        test = FILTERS[name][3]
        kept = ((band, tuple(row for row in band.rows if test(row))) for band in self.bands)
        return tuple(Band(band.code, band.title, rows, band.reviewed, band.weaknesses) for band, rows in kept if rows)


def board_of(
    framework: Framework,
    reviews: Iterable[Any],
    proofs: Iterable[Proof],
    today: date,
    *,
    standards: Iterable[Any] = (),
    weaknesses: Mapping[str, int] | None = None,
    is_mine: Callable[[Any], bool] = lambda review: False,
) -> Board:
    """The board. `reviews`: rows of the criteria, each with `loaded_levels` (with the
    `beginning` of their text); `standards`: their rows; `weaknesses`: how many
    each standard has; `is_mine`: whether the reader writes a criterion."""
    titles = level_titles(framework)
    columns = tuple((number, titles[number]) for number in titles if any(c.level(number) for c in framework.criteria))
    mandatory = {c.code for c in (*framework.criteria, *framework.level_items) if c.mandatory}
    names = {c.code: c.title for c in (*framework.criteria, *framework.level_items)}
    by_criterion: dict[str, list[Proof]] = {}
    for proof in proofs:
        by_criterion.setdefault(proof.criterion, []).append(proof)
    rows: dict[str, list[Row]] = {}
    for review in reviews:
        criterion = framework.criterion(review.code)
        if criterion is None:
            continue  # of a framework that the assessment had before
        own = by_criterion.get(review.code, [])
        proven = sum(1 for proof in own if proof.holds(today))
        rows.setdefault(review.standard, []).append(
            Row(
                code=review.code,
                title=names[review.code],
                mandatory=review.code in mandatory,
                standard=review.standard,
                state=review.state,
                writers=review.writers,
                cells=_cells(review, criterion, columns, titles, bool(proven)),
                proven=proven,
                evidence=len(own),
                changed_at=_last_change(review),
                changed_by=_who(review),
                mine=is_mine(review),
            )
        )
    written = {one.code for one in standards if _anything(one)}
    told = weaknesses or {}
    bands = [
        Band(one.code, one.title, tuple(rows.get(one.code, ())), one.code in written, told.get(one.code, 0))
        for one in framework.standards
        if rows.get(one.code)
    ]
    if rows.get(""):
        bands.append(Band("", "", tuple(rows[""])))
    everything = [row for band in bands for row in band.rows]
    counts = {name: sum(1 for row in everything if test(row)) for name, (*_w, test) in FILTERS.items()}
    return Board(tuple(bands), columns, counts)


def _cells(
    review: Any, criterion: Any, columns: tuple[tuple[int, str], ...], titles: dict[int, str], proven: bool
) -> tuple[Cell, ...]:
    """A cell a column; an item of Level 4 has one, of its own level."""
    loaded = {level.level: level for level in review.loaded_levels}
    wanted = columns if review.standard else tuple((level.level, titles[level.level]) for level in criterion.levels)
    found = []
    for number, title in wanted:
        row = loaded.get(number)
        if criterion.level(number) is None or row is None:
            found.append(Cell(number, title, asked=False))
            continue
        text = bool(row.beginning.strip())
        found.append(Cell(number, title, row.judged, True, text, row.judged == "met" and not (text and proven)))
    return tuple(found)


def _last_change(review: Any) -> datetime | None:
    """When somebody last wrote in it: a row as it was made is no change."""
    touched = [row.changed_at for row in (review, *review.loaded_levels) if row.version > 1]
    return max(touched, default=None)


def _who(review: Any) -> Any:
    rows = [row for row in (review, *review.loaded_levels) if row.version > 1]
    last = max(rows, key=lambda row: row.changed_at, default=None)
    return last.changed_by if last is not None else None


def _anything(standard: Any) -> bool:
    return bool(standard.opening or standard.strengths or standard.trend or standard.priorities or standard.conclusion)
