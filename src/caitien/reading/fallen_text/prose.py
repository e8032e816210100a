"""Lines between tables to paragraphs: lines that the page broke are joined, headings and list items stay apart."""

from __future__ import annotations

import re

from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.lines import Line
from caitien.reading.source import Paragraph

_STARTS = re.compile(
    r"^([-–—+•*●▪]\s*\S|\(?\d{1,2}(\.\d{1,2})*[.)/]\s*\S|[a-zđ][.)]\s+\S|[IVX]{1,5}[.)]\s*\S|[A-ZĐ]\.\s+\S|căn cứ\b|nơi nhận|trên đây|mức \d"
    r"|thực hiện (công văn|kế hoạch|thông tư)|kính gửi|điều \d+\.)",
    re.I,
)
_TERMINATED = re.compile(r"[.;:!?…/][)”\"’]?$")


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of consecutive lines, lines joined with "\\n"; page numbers as in the lines."""
    if not lines:
        return []
    widths = sorted(line.width(0, len(line.words)) for line in lines)
    full = widths[int(len(widths) * 0.9)] if len(widths) > 4 else widths[-1]
    gaps = sum(line.gap > 0 for line in lines[1:]) / max(1, len(lines) - 1)
    blank_means_much = gaps < 0.6
    out: list[tuple[Line, list[str]]] = []
    before: Line | None = None
    for line in lines:
        text = line.text
        if before is not None and _goes_on(before, line, full, blank_means_much):
            out[-1][1].append(text)
        else:
            out.append((line, [text]))
        before = line
    return [Paragraph("\n".join(texts), page=first.page, centred=first.raw[:20].isspace()) for first, texts in out]


def _goes_on(before: Line, line: Line, full: float, blank_means_much: bool) -> bool:
    if _STARTS.match(line.text) and not (line.text[:1].islower() and before.trailing):
        return False
    if "\t" in line.raw[:2] or line.raw[:20].isspace():
        return False
    lower = line.words[0][:1].islower()
    terminated = bool(_TERMINATED.search(before.text))
    if lower and not terminated:
        return True
    if line.gap and blank_means_much and not before.trailing:
        return False
    need = before.width(0, len(before.words)) + 0.25 + line.widths[0]
    filled = need > 0.93 * full
    if lower:
        return filled
    if before.text.isupper() != line.text.isupper():
        return False
    if before.text.isupper():
        return False
    if before.words[-1] in w.DANGLING or before.words[-1].endswith((",", "-")):
        return filled or before.trailing
    return filled and not terminated
