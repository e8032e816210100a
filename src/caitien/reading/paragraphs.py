"""The words around the tables as paragraphs: lines that the page broke are put together, sections are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caitien.plan.lists import join_lines, starts_item
from caitien.plan.text import fold, lines_of
from caitien.reading.source import Paragraph, SourceDocument, Table

_ROMAN = re.compile(r"^(?:PHẦN\s+)?[IVX]{1,5}\s*[.)/:–-]\s*\S")
_OPENS = re.compile(r"^(can cu\b|noi nhan|tren day la|nguoi ky|ky boi|thoi gian ky|kinh gui|so\s*:)")
SHORT_LINE = 0.65  # a line shorter than this share of the widest was ended by its author
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d|^\S+@\S+$")


@dataclass(slots=True)
class Around:
    """The words before the first plan table, and those between and after the tables, paragraph by paragraph."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """Both, in order."""
        return self.before + self.after


@dataclass(slots=True)
class Section:
    """A part of the paper under a heading numbered I, II, …"""

    heading: str
    lines: list[str] = field(default_factory=list)


def words_around(source: SourceDocument, plan_tables: set[int], heads: list[str], feet: list[str]) -> Around:
    """Paragraphs outside the plan tables. Letterheads and signature blocks are tables too: column by column."""
    around = Around()
    index = -1
    seen_plan = False
    pending: list[str] = []
    for block in source.blocks:
        if isinstance(block, Table):
            index += 1
            if index in plan_tables:
                _flush(around, pending, source.wrapped, seen_plan)
                if not seen_plan:
                    around.before += heads
                seen_plan = True
                continue
            _flush(around, pending, source.wrapped, seen_plan)
            if block.row_count * block.column_count <= 60:
                _flush(around, _by_column(block), source.wrapped, seen_plan)
        elif isinstance(block, Paragraph):
            if source.wrapped:
                pending.append(block.text)
            else:
                (around.after if seen_plan else around.before).extend(lines_of(block.text))
    _flush(around, pending, source.wrapped, seen_plan)
    around.after += feet
    return around


def sections(paragraphs: list[str]) -> list[Section]:
    """The parts with roman numbers, with the paragraphs that stand under each."""
    found: list[Section] = []
    for text in paragraphs:
        if _ROMAN.match(text) and len(text) <= 160:
            found.append(Section(text))
        elif found:
            found[-1].lines.append(text)
    return found


def _flush(around: Around, pending: list[str], wrapped: bool, seen_plan: bool) -> None:
    target = around.after if seen_plan else around.before
    target += together(pending) if wrapped else pending
    pending.clear()


def _by_column(table: Table) -> list[str]:
    cells = sorted(table.cells, key=lambda c: (c.column, c.row))
    return [line for cell in cells for line in lines_of(cell.text)]


def together(texts: list[str]) -> list[str]:
    """Paragraphs of a page, whole or cut to lines, put together to paragraphs."""
    pieces = [lines for text in texts if (lines := lines_of(text))]
    lengths = sorted(len(line) for lines in pieces for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    groups: list[list[str]] = []
    for lines in pieces:
        for i, line in enumerate(lines):
            if groups and (i > 0 or not _begins(groups[-1][-1], line, width)) and not _opens(line):
                groups[-1].append(line)
            else:
                groups.append([line])
    return [join_lines(group) for group in groups]


def _opens(line: str) -> bool:
    """Whether a line begins something of its own wherever it stands."""
    return bool(
        starts_item(line)
        or _ROMAN.match(line)
        or _OPENS.match(fold(line))
        or _STAMP.search(line)
        or re.match(r"^\d{1,2}\.\s", line)
    )


def _begins(before: str, line: str, width: int) -> bool:
    """Whether a line begins a paragraph, judged by how the one before ends and how full it is."""
    if _STAMP.search(before) or before.isupper() or line.isupper():
        return True
    if re.search(r"[\w.][-/]$", before):
        return False
    if before.endswith((".", ";", ":", "./.")):
        return line[:1].isupper() or not line[:1].isalpha()
    return not line[:1].islower() and len(before) < SHORT_LINE * width
