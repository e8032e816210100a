"""Plain text: as it falls out of a PDF, or typed with tabs, bars or semicolons between cells."""

from __future__ import annotations

import re

from caitien.reading.fallen_text.doubts import note_of
from caitien.reading.fallen_text.drawn import find_drawn
from caitien.reading.fallen_text.heading import Heading, find_heading
from caitien.reading.fallen_text.lines import Line, split_lines
from caitien.reading.fallen_text.prose import paragraphs_of
from caitien.reading.fallen_text.spaced import find_spaced, looks_spaced
from caitien.reading.fallen_text.table import read_table
from caitien.reading.limits import Watch
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, FileSignature, SourceDocument

_EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")
_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$")


def read(text: str, watch: Watch) -> SourceDocument:
    """The paragraphs and tables of a plain text. Raises ReadingError ("no_text", "too_much_text", limits of `watch`)."""
    if len(text) > watch.limits.text_chars:
        raise refuse("too_much_text")
    lines = split_lines(text)
    if not lines:
        raise refuse("no_text")
    watch.check()
    signatures = _take_out_signatures(lines)
    document = SourceDocument(format="txt", blocks=[], wrapped=True, signatures=signatures)
    document.blocks = _blocks(lines, watch)
    note = note_of(list(document.tables()))
    if note:
        document.notes.append(note)
    document.pages = max((line.page for line in lines), default=1)
    return document


def _blocks(lines: list[Line], watch: Watch) -> list[Block]:
    blocks: list[Block] = []
    begin = 0

    def on_line(i: int) -> None:
        watch.progress(0.1 + 0.8 * i / max(1, len(lines)), "Đang ghép dòng thành ô")

    spaced = looks_spaced(lines)
    while begin < len(lines):
        drawn = (find_spaced(lines, begin, watch.check) if spaced else None) or find_drawn(lines, begin)
        if spaced and drawn is not None:
            blocks.extend(paragraphs_of(lines[begin : drawn[0]]))
            blocks.append(drawn[2])
            begin = drawn[1]
            continue
        heading = find_heading(lines, begin, watch.check)
        if drawn is not None and (heading is None or drawn[0] <= heading.first):
            first, after, table = drawn
            blocks.extend(paragraphs_of(lines[begin:first]))
            blocks.append(table)
            begin = after
            continue
        if heading is None:
            break
        found = read_table(lines, heading, on_line)
        if found is None:
            blocks.extend(paragraphs_of(lines[begin : heading.end]))
            begin = heading.end
            continue
        blocks.extend(paragraphs_of(_before(lines, begin, heading)))
        table, after = found
        blocks.append(table)
        begin = after
    blocks.extend(paragraphs_of(lines[begin:]))
    return blocks


def _before(lines: list[Line], begin: int, heading: Heading) -> list[Line]:
    return lines[begin : heading.first]


def _take_out_signatures(lines: list[Line]) -> list[FileSignature]:
    """Electronic signatures as a text extractor prints them: an address, then the time, then place and reason."""
    out: list[FileSignature] = []
    i = 0
    while i + 1 < len(lines):
        if _EMAIL.match(lines[i].text) and _TIME.match(lines[i + 1].text):
            end = i + 2
            reason = None
            while end < len(lines) and end < i + 4 and "\t" in lines[end].raw[:2] and not _EMAIL.match(lines[end].text):
                reason = lines[end].text if lines[end].text.lower() != "location" else reason
                end += 1
            out.append(FileSignature(name=lines[i].text, time=lines[i + 1].text, reason=reason))
            del lines[i:end]
            continue
        i += 1
    return out
