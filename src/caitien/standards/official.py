"""The official text of a framework, out of the lines of the circular: verbatim wording of each criterion and level.

The package holds summaries in our own words. An installation that has the circular attaches it: its words stand beside
ours, what differs is reported, and conflicts between our sources that it settles are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from caitien.standards.folding import fold
from caitien.standards.model import Framework

LIKE_A_TITLE = 0.55
"""How alike (0 to 1) two titles are that are meant to be the same: below, "1.1 Abc" in a table is no criterion's head."""

_LEAD = r"(?:[-–—•*+]\s*|\(?(?:[a-zđ]|\d{1,2}|[ivx]{1,4})[.)]\s*)?"
_ANNEX = re.compile(r"^phụ\s+lục\s+(?:số\s+)?([ivx]+|\d{1,2})\b(?!\s*[,;])", re.IGNORECASE)
_STANDARD = re.compile(
    rf"^(?:điều\s+\d+\s*[.:]\s*)?{_LEAD}tiêu\s+chuẩn\s+(\d{{1,2}})\s*[.:–—-]*\s+(\S.*)?$|^{_LEAD}tiêu\s+chuẩn\s+(\d{{1,2}})\s*[.:]?$",
    re.IGNORECASE,
)
_CRITERION = re.compile(
    rf"^{_LEAD}tiêu\s+chí\s+(\d{{1,2}}\.\d{{1,2}})(?:\s*[.:–—-]\s*|\s+(?=[^\W\da-zà-ỹđ])|\s*$)(.*)$", re.IGNORECASE
)
_BARE_CODE = re.compile(r"^(\d{1,2}\.\d{1,2})\s*[.:)–—-]?\s+(\S.*)$")
_LEVEL = re.compile(
    rf"^{_LEAD}(?:yêu\s+cầu\s+)?mức\s+(?:độ\s+)?([1-9])\s*(?:\([^)]{{0,80}}\))?\s*(?:[.:–—-]\s*(.*))?$", re.IGNORECASE
)
_SECTION = re.compile(
    r"^(?:mục|chương|điều|phần|tiêu\s+chuẩn\s+đánh\s+giá)\b.*\bmức\s+(?:độ\s+)?([1-9])\s*[.:]?$", re.IGNORECASE
)
_STOP = re.compile(r"^(?:điều\s+\d+\s*[.:]|chương\s+[ivx]+\b|mục\s+\d+\b|phần\s+[ivx]+\b)", re.IGNORECASE)
_EXTRA = re.compile(
    rf"^{_LEAD}(?:gợi\s+ý\b.{{0,30}}minh\s+chứng|minh\s+chứng\s+gợi\s+ý|(?:các\s+)?dữ\s+liệu\s+định\s+lượng)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:[-–—•*+]|\(?[a-zđ]\)|\(?\d{1,2}[.)])\s*\S", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(\S.*)$")
_MANDATORY = re.compile(r"\s*(?:\((?:là\s+)?(?:tiêu\s+chí\s+)?bắt\s+buộc\)|[*★]+)\s*$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^[-–—\s]*\d{1,3}[-–—\s]*$")


@dataclass(frozen=True, slots=True)
class OfficialCriterion:
    """`levels`: level -> the circular's words, verbatim but for spaces and line breaks of the page."""

    code: str
    title: str
    levels: dict[int, str]


@dataclass(frozen=True, slots=True)
class OfficialText:
    """What a circular says, as far as it was found. `doubled`: codes and levels that stood more than once (longest kept)."""

    framework: str
    source: str
    criteria: dict[str, OfficialCriterion]
    standards: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    annex: str | None = None


def read_official(framework: Framework, lines: Iterable[str], source: str, *, wrapped: bool = False) -> OfficialText:
    """The official text out of a file's lines, in reading order.

    `wrapped`: line ends are those of a page (a PDF), not of the author. A framework that is one annex of its circular
    takes the lines of that annex only: the three annexes of 2026 have the same codes.
    """
    clean = [line for raw in lines for line in _clean(raw) if not _PAGE_NUMBER.match(line)]
    parts = _annex(framework, clean)
    reader = _Reader(framework, wrapped=wrapped)
    for line in parts[1]:
        reader.take(line)
    return reader.result(source, parts[0])


def whole_text(lines: Iterable[str]) -> str:
    """All lines as one folded text, for looking up signs."""
    return fold(" ".join(line for raw in lines for line in _clean(raw)))


def same_title(one: str, two: str) -> bool:
    """The same words, whatever the marks, capitals and punctuation."""
    return _letters(one) == _letters(two)


def likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, _letters(one), _letters(two), autojunk=False).ratio()


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _clean(raw: str) -> Iterator[str]:
    for line in unicodedata.normalize("NFC", raw).splitlines():
        squeezed = " ".join(line.split())
        if squeezed:
            yield squeezed


def _annex(framework: Framework, lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The lines of the framework's annex; all lines where the framework is no annex or the file has no such heading."""
    wanted = re.search(r"([IVX]+|\d+)\s*$", framework.document.annex or "")
    if not wanted:
        return None, lines
    own: list[Sequence[str]] = []
    heads = [(n, found[1].upper()) for n, line in enumerate(lines) if (found := _ANNEX.match(line))]
    for (start, number), (end, _) in zip(heads, [*heads[1:], (len(lines), "")], strict=False):
        if number == wanted[1]:
            own.append(lines[start:end])
    if not own:
        return None, lines
    return framework.document.annex, max(own, key=lambda part: sum(1 for line in part if _CRITERION.match(line)))


class _Reader:
    """Goes through the lines once; knows which criterion and level it is in."""

    def __init__(self, framework: Framework, *, wrapped: bool) -> None:
        self.framework = framework
        self.wrapped = wrapped
        self.titles: dict[str, str] = {}
        self.texts: dict[tuple[str, int], list[list[str]]] = {}
        self.standards: dict[str, str] = {}
        self.unknown: dict[str, None] = {}
        self.code: str | None = None
        self.level: int | None = None
        self.section: int | None = None  # the level of the whole part (2018: one part a level)
        self.title: list[str] | None = None  # being read
        self.standard: str | None = None

    def take(self, line: str) -> None:
        if found := _SECTION.match(line):
            self._leave()
            self.section = int(found[1])
        elif found := _CRITERION.match(line):
            self._enter(found[1], found[2])
        elif found := _STANDARD.match(line):
            self._leave()
            self.standard = found[1] or found[3]
            title = (found[2] or "").strip()
            self.standards.setdefault(self.standard, title)
        elif (found := _BARE_CODE.match(line)) and self._is_head(found[1], found[2]):
            self._enter(found[1], found[2])
        elif _STOP.match(line):
            self._leave()
            if line[:4].lower() != "điều" or self.section == max(level.number for level in self.framework.levels):
                self.section = None
        elif (found := _NUMBERED.match(line)) and self._is_item(found[1]):
            self._item(found[1], found[2])
        elif self.code is not None:
            self._inside(line)
        elif self.standard is not None and self._continues(
            self.standards[self.standard], line, self._standard_titles()
        ):
            self.standards[self.standard] = f"{self.standards[self.standard]} {line}".strip()
        else:
            self.standard = None

    def result(self, source: str, annex: str | None) -> OfficialText:
        self._close_title()
        criteria = {}
        doubled = []
        for code in self.framework.codes:
            texts = {level: parts for (own, level), parts in self.texts.items() if own == code and any(parts)}
            if code in self.titles or texts:
                levels = {
                    level: max((self._joined(p) for p in parts), key=len) for level, parts in sorted(texts.items())
                }
                criteria[code] = OfficialCriterion(code, self.titles.get(code, ""), levels)
            doubled += [f"{code}, Mức {level}" for level, parts in texts.items() if sum(1 for p in parts if p) > 1]
        return OfficialText(
            self.framework.id, source, criteria, self.standards, tuple(self.unknown), tuple(doubled), annex
        )

    def _enter(self, code: str, title: str) -> None:
        self._leave()
        if self.framework.criterion(code) is None:
            self.unknown[code] = None
            return
        self.code, self.level = code, self.section
        self.title = [title] if title else []
        if self.level is not None:
            self._begin(code, self.level)

    def _leave(self) -> None:
        self._close_title()
        self.code = self.level = self.standard = None

    def _begin(self, code: str, level: int) -> None:
        self.texts.setdefault((code, level), []).append([])

    def _inside(self, line: str) -> None:
        code = self.code or ""
        if found := _LEVEL.match(line):
            self._close_title()
            self.level = int(found[1])
            self._begin(code, self.level)
            if found[2]:
                self.texts[code, self.level][-1].append(found[2])
        elif _EXTRA.match(line):
            self._close_title()
            self.level = None
        elif (
            self.title is not None
            and not _ITEM.match(line)
            and self._continues(" ".join(self.title), line, self._titles(code))
        ):
            self.title.append(line)
        else:
            self._close_title()
            if self.level is not None:
                self.texts[code, self.level][-1].append(line)

    def _item(self, number: str, text: str) -> None:
        section = self.section or 0
        self._leave()
        self.code, self.level = f"M{section}.{number}", section
        self._begin(self.code, section)
        self.texts[self.code, section][-1].append(text)

    def _is_item(self, number: str) -> bool:
        """An item of the highest level, which 2018 numbers within its article: 1., 2., …"""
        outside = self.code is None or self.code.startswith("M")
        return (
            outside and self.section is not None and self.framework.criterion(f"M{self.section}.{number}") is not None
        )

    def _close_title(self) -> None:
        if self.code is not None and self.title is not None:
            title = _MANDATORY.sub("", " ".join(self.title)).strip(" .:;")
            if title:
                self.titles.setdefault(self.code, title)
        self.title = None

    def _continues(self, title: str, line: str, known: Sequence[str]) -> bool:
        """Whether a line goes on with a title: it does so in a title that we know, or it begins like the middle of one."""
        if not title:
            return True
        longer = _letters(f"{title} {line}")
        if any(_letters(k).startswith(longer) for k in known):
            return True
        if any(_letters(k) == _letters(title) for k in known) or title.endswith((".", ":", ";")):
            return False
        return self.wrapped and line[:1].islower()

    def _is_head(self, code: str, title: str) -> bool:
        """ "1.1 Abc" without the word "Tiêu chí", in a table: only where it is nearly our title."""
        criterion = self.framework.criterion(code)
        if criterion is None:
            return False
        known = _letters(criterion.title)
        return known.startswith(_letters(title)) or likeness(title, criterion.title) >= LIKE_A_TITLE

    def _titles(self, code: str) -> list[str]:
        criterion = self.framework.criterion(code)
        readings = [r.text for c in self.framework.conflicts if c.criterion == code for r in c.readings]
        return [*([criterion.title] if criterion else []), *readings]

    def _standard_titles(self) -> list[str]:
        own = [s.title for s in self.framework.standards if s.code == self.standard]
        return own + [r.text for c in self.framework.conflicts if c.standard == self.standard for r in c.readings]

    def _joined(self, lines: Sequence[str]) -> str:
        """Lines as the author broke them: a page's line ends are undone where a sentence goes on."""
        if not self.wrapped:
            return "\n".join(lines)
        joined: list[str] = []
        for line in lines:
            if joined and not _ITEM.match(line) and not joined[-1].endswith((".", ";", ":")):
                joined[-1] += f" {line}"
            else:
                joined.append(line)
        return "\n".join(joined)
