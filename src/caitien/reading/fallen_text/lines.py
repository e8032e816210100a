"""The lines of a fallen text: words, blank lines and page breaks, as evidence for where a cell ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caitien.plan.text import lines_of, one_space
from caitien.reading.fallen_text.widths import width_of
from caitien.reading.fallen_text.wording import BULLET

_PAGE_RUN = 4  # line feeds in a row: what text extractors leave between two pages
_GLUED = re.compile(
    r"^(\D*[^\W\d_][)”\"’]?[.;:!?…][)”\"’]?)(\d{1,2}(?:\.\d{1,2})?)$"
)  # "cao.1.5": a label glued to a cell's end


@dataclass(slots=True)
class Line:
    """A line with words. `gap`: empty lines before it; `voids`: lines of spaces only before it (empty paragraphs)."""

    text: str
    words: list[str]
    number: int  # of the line in the file, 0 is the first
    page: int = 1
    gap: int = 0
    voids: int = 0
    new_page: bool = False  # the page before ended just before this line
    trailing: bool = False  # ends with a space: the page's break, in many extractors
    leading: bool = False
    item: bool = False  # begins with a list mark
    raw: str = ""
    glued: frozenset[int] = frozenset()  # words that stood against the word before, without a space
    widths: list[float] = field(default_factory=list)  # of the words, in em

    def piece(self, start: int, end: int) -> str:
        """The words from `start` to before `end` as one text."""
        out = self.words[start]
        for k in range(start + 1, end):
            out += self.words[k] if k in self.glued else " " + self.words[k]
        return out

    def width(self, start: int, end: int) -> float:
        """How wide those words are printed, in em of the usual serif face."""
        return sum(self.widths[start:end]) + SPACE * (end - start - 1)


SPACE = 0.25


def split_lines(text: str) -> list[Line]:
    """The lines that hold words, each with what stood before it; page numbers between pages are left out."""
    lines: list[Line] = []
    gap = voids = 0
    page = 1
    pending_page = False
    has_feeds = "\f" in text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"(?<=[^\n])\f", "\n\f", text)  # a page that ended without a line feed
    for number, raw in enumerate(text.split("\n")):
        while raw.startswith("\f"):
            raw = raw[1:]
            pending_page = True
        after_feed = raw.endswith("\f")
        raw = raw.replace("\f", "")
        if not raw.strip():
            if raw:
                voids += 1
            else:
                gap += 1
            pending_page = pending_page or after_feed
            continue
        if not has_feeds and gap >= _PAGE_RUN - 1 and lines:
            pending_page = True
        if pending_page and lines:
            page += 1
        line = make_line(raw, number, page)
        line.gap, line.voids, line.new_page = gap, voids, bool(pending_page and lines)
        lines.append(line)
        gap = voids = 0
        pending_page = after_feed
    return _without_page_numbers(lines)


def make_line(raw: str, number: int, page: int) -> Line:
    """One line from its characters."""
    words: list[str] = []
    glued: set[int] = set()
    for word in one_space(raw).split(" "):
        match = _GLUED.match(word)
        if match and len(match.group(1)) > 2:
            words.append(match.group(1))
            glued.add(len(words))
            words.append(match.group(2))
        else:
            words.append(word)
    return Line(
        text=" ".join(lines_of(raw)),
        words=words,
        number=number,
        page=page,
        trailing=raw[-1:].isspace(),
        leading=raw[:1].isspace(),
        item=bool(BULLET.match(words[0] + " " + words[1]) if len(words) > 1 else False),
        raw=raw,
        glued=frozenset(glued),
        widths=[width_of(w) for w in words],
    )


_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:(?:trang|page)\s*)?(\d{1,3})(?:\s*(?:/|trên|of)\s*\d{1,3})?(?:\s*[-–—])?$", re.I
)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Drops the lines that only number the pages: at the same end of most pages, counting up by one."""
    starts = [i for i, line in enumerate(lines) if line.new_page]
    if not starts:
        return lines
    drop: set[int] = set()
    for places in (starts, [i - 1 for i in starts] + [len(lines) - 1]):
        offsets: dict[int, list[int]] = {}
        for i in places:
            match = _PAGE_NUMBER.match(lines[i].text)
            if match:
                offsets.setdefault(int(match.group(1)) - lines[i].page, []).append(i)
        best = max(offsets.values(), key=len, default=[])
        if len(best) >= 2 and len(best) >= 0.6 * len(starts):
            drop.update(best)
    kept: list[Line] = []
    carried = False
    for i, line in enumerate(lines):
        if i in drop:
            carried = carried or line.new_page
            continue
        line.new_page = line.new_page or carried
        carried = False
        kept.append(line)
    return kept
