"""Finds where a table begins in the lines: a run of words that are column headings one after another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from caitien.plan.text import fold
from caitien.reading.fallen_text.lines import Line
from caitien.reading.lexicon import MONITORING_WORDINGS, WORDINGS, field_of, guess_fields, guess_monitoring

_MOST_WORDS_OF_A_HEADING = 10
_MOST_LINES = 90
_BEAM = 24
_SURE = 0.8
_NO_HEADING = re.compile(r"\d|^[-–—+•*:|]+$|^[“\"]")  # numbers, list marks: the table's text, not its heading
_TITLE = re.compile(r"năm học", re.I)
_CORE = frozenset({"content", "measures", "weakness", "current_state", "objective", "indicators", "issue"})
_CHILDREN = {  # heading of two levels: a field over what may stand under it
    "period": ("period_start", "period_end"),
    "responsible": ("responsible", "collaborators"),
    "budget": ("budget", "funding_sources"),
    "resources": ("budget", "funding_sources"),
}
_CHILD_WORDS = frozenset(
    {
        "bat dau", "ket thuc", "tu", "den", "hoan thanh", "tu thang", "den thang", "tu ngay", "den ngay", "chu tri", "phoi hop",
        "so tien", "nguon", "muc", "phu trach chinh", "phu trach", "nguoi chu tri", "nguoi phoi hop", "chinh", "ho tro",
    }
)  # fmt: skip


@dataclass(slots=True)
class Column:
    """A column of the table: its heading as printed (lines), and the plan field that the lexicon knows it by."""

    heading: str
    field: str | None
    widest: float = 0.0  # the widest line of the heading, in em: the column is not narrower


@dataclass(slots=True)
class Heading:
    """Lines `first` to before `end` are the heading of a table with these columns, left to right."""

    first: int
    end: int
    columns: list[Column]
    start_word: int = 0
    score: float = 0.0
    end_word: int = 0  # words of line `end` that still belong to the heading
    below: tuple[int, int] | None = None  # columns from, to: headings of a second level, whose place is a guess

    def orders(self) -> list[list[Column]]:
        """The orders that the columns may have, the likeliest first."""
        if self.below is None:
            return [self.columns]
        a, b = self.below
        block, rest = self.columns[a:b], self.columns[:a] + self.columns[b:]
        return [self.columns] + [rest[:k] + block + rest[k:] for k in range(len(rest) + 1) if k != a]


@dataclass(slots=True)
class _Word:
    text: str
    line: int
    place: int  # in its line
    first: bool  # of its line
    gap: bool
    capital: bool


@dataclass(slots=True)
class _Parse:
    score: float
    spans: tuple[tuple[int, int, str | None, float], ...] = ()
    fields: frozenset[str] = field(default_factory=frozenset)


def find_heading(lines: list[Line], begin: int = 0, check: Callable[[], None] | None = None) -> Heading | None:
    """The first table heading at or after line `begin`; None when there is none. `check` is called now and then."""
    for surely in (True, False) if begin == 0 else (True,):
        for i in range(begin, len(lines)):
            if check is not None and i % 128 == 0:
                check()
            if _may_start(lines, i, surely=surely):
                heading = _heading_at(lines, i)
                if heading is not None:
                    return heading
    return None


_FIRST_WORDS = frozenset(
    fold(w).replace("/", " ").split()[0].strip(".,") for ws in WORDINGS.values() for w in ws
) | frozenset(fold(w).split()[0] for ws in MONITORING_WORDINGS.values() for w in ws)
_WHOLE = frozenset(
    re.sub(r"\W+", "", fold(w)) for ws in (*WORDINGS.values(), *MONITORING_WORDINGS.values()) for w in ws
)


def may_begin_heading(text: str) -> bool:
    """Whether the first word is one that column headings begin with."""
    return text[:1].isupper() and fold(text.split()[0]).strip(".,():").split("/")[0] in _FIRST_WORDS


def _may_start(lines: list[Line], i: int, *, surely: bool) -> bool:
    """Whether a heading may begin with this line. `surely`: its first words are a wording letter for letter."""
    line = lines[i]
    if len(line.words) > 14 or not line.words[0][:1].isupper():
        return False
    first = fold(line.words[0]).strip(".,():").split("/")[0]
    if first not in _FIRST_WORDS:
        return False
    if not surely:
        return True
    letters, words = "", [word for n in range(i, min(i + 4, len(lines))) for word in lines[n].words][:6]
    for word in words:
        letters += _letters(word)
        if letters in _WHOLE:
            return True
    return False


def _heading_at(lines: list[Line], i: int) -> Heading | None:
    words: list[_Word] = []
    for n in range(i, min(i + _MOST_LINES, len(lines))):
        line = lines[n]
        if n > i and line.width(0, len(line.words)) > 60:
            break
        for k, word in enumerate(line.words):
            words.append(_Word(word, n, k, k == 0, k == 0 and line.gap > 0, _capital(word)))
        if len(words) > 110:
            break
    best = _parse(words)
    if best is None:
        return None
    fields = [f for _, _, f, _ in best.spans if f]
    if len(fields) < 3 or not (_CORE & set(fields) or _is_monitoring(best)):
        return None
    if ("period_start" in fields) != ("period_end" in fields) or sum(s for *_, s in best.spans) < 0.9 * len(best.spans):
        return None
    end = best.spans[-1][1]
    end = _skip_numbering(words, end, len(best.spans))
    return _build(lines, words, best, i, end)


def _capital(word: str) -> bool:
    letters = re.sub(r"^[\W\d_]+", "", word)
    return letters[:1].isupper()


def _parse(words: list[_Word]) -> _Parse | None:
    """The best way to cut the first words into headings: every end keeps a few ways, the best end wins."""
    ends: list[list[_Parse]] = [[] for _ in range(len(words) + 1)]
    ends[0] = [_Parse(0.0)]
    all_capitals = sum(w.text.isupper() for w in words[:20]) > 14
    for j in range(len(words)):
        if not ends[j]:
            continue
        ends[j] = sorted(ends[j], key=lambda p: -p.score)[:_BEAM]
        word = words[j]
        start = 0.6 if word.first else -0.8
        start += 0.3 if word.gap else 0.0
        if not word.capital:
            start -= 5.0
        if j == 0 and not word.capital:
            continue
        if fold(word.text).strip("(.,):").split("/")[0] not in _FIRST_WORDS:
            continue
        phrase = ""
        for k in range(j, min(j + _MOST_WORDS_OF_A_HEADING, len(words))):
            if _NO_HEADING.search(words[k].text):
                break
            phrase = f"{phrase} {words[k].text}" if phrase else words[k].text
            if _TITLE.search(phrase):
                break
            inner = sum(w.capital and not w.text.isupper() for w in words[j + 1 : k + 1])
            for name, score in _candidates(phrase):
                known = max(0.0, (score - _SURE) / (1 - _SURE))  # how much of the phrase is a wording, not a neighbour
                gain = start + 3.0 * score + 0.6 * (k - j) * known - (0.0 if all_capitals else 0.35 * inner)
                for p in ends[j]:
                    if name in p.fields and not _child_again(p, name, phrase):
                        continue
                    ends[k + 1].append(_Parse(p.score + gain, (*p.spans, (j, k + 1, name, score)), p.fields | {name}))
    best: _Parse | None = None
    for parses in ends[1:]:
        for p in parses:
            if best is None or p.score > best.score:
                best = p
    return best


def _candidates(phrase: str) -> list[tuple[str, float]]:
    out = [(g.field, g.score) for g in guess_fields(phrase)[:2] if g.score >= _SURE]
    if fold(phrase) == "muc":
        out.append(("budget", 0.8))
    monitoring = guess_monitoring(phrase)
    if monitoring and monitoring[0].score >= 0.97 and not out:
        out.append((f"monitoring.{monitoring[0].field}", monitoring[0].score))
    return out


def _child_again(parse: _Parse, name: str, phrase: str) -> bool:
    """A second level says "Chủ trì" under "Người thực hiện": the same field twice."""
    return fold(phrase) in _CHILD_WORDS and len(parse.spans) >= 3 and sum(f == name for _, _, f, _ in parse.spans) == 1


def _is_monitoring(parse: _Parse) -> bool:
    return sum(bool(f and f.startswith("monitoring.")) for _, _, f, _ in parse.spans) >= 2


_MARK = re.compile(r"^[(\[]?(\d{1,2}|[A-Za-zĐđ])[)\].]?$")


def _skip_numbering(words: list[_Word], end: int, columns: int) -> int:
    """Past a row "(1) (2) (3) …" that only numbers the columns."""
    k, expected, marks = end, None, 0
    while k < len(words):
        match = _MARK.match(words[k].text)
        if not match:
            break
        mark = match.group(1)
        if mark.isdigit():
            if expected is not None and int(mark) != expected:
                break
            if expected is None and int(mark) > 2:
                break
            expected = int(mark) + 1
        elif expected is not None:
            break
        marks += 1
        k += 1
    return k if marks >= 3 and marks >= columns - 2 else end


def _build(lines: list[Line], words: list[_Word], parse: _Parse, first: int, end: int) -> Heading:
    columns: list[Column] = []
    for a, b, name, _ in parse.spans:
        by_line: dict[int, list[int]] = {}
        for w in words[a:b]:
            by_line.setdefault(w.line, []).append(w.place)
        parts = [(n, min(p), max(p) + 1) for n, p in sorted(by_line.items())]
        columns.append(
            Column(
                heading="\n".join(lines[n].piece(s, e) for n, s, e in parts),
                field=name,
                widest=max(lines[n].width(s, e) for n, s, e in parts),
            )
        )
    last = words[end].line if end < len(words) else words[-1].line + 1
    inside = words[end].place if end < len(words) else 0
    columns, below = _two_levels(columns)
    return Heading(first, last, columns, words[0].place, parse.score, inside, below)


def _two_levels(columns: list[Column]) -> tuple[list[Column], tuple[int, int] | None]:
    """Puts the headings of the second level, printed last, in the place of the heading above them."""
    out = list(columns)
    moved: tuple[int, int] | None = None
    for parent, children in _CHILDREN.items():
        above = next((c for c in out if c.field == parent and fold(c.heading) not in _CHILD_WORDS), None)
        if above is None:
            continue
        place = out.index(above)
        below = [c for c in out[place + 1 :] if c.field in children and fold(c.heading) in _CHILD_WORDS]
        if len(below) < 2:
            continue
        for c in below:
            out.remove(c)
            if field_of(c.heading) != c.field:
                c.heading = f"{above.heading}\n{c.heading}"
        out[place : place + 1] = below
        moved = (place, place + len(below))
    return out, moved


def repeated_headings(lines: list[Line], heading: Heading, begin: int) -> tuple[list[tuple[int, int]], int]:
    """Where the same heading is printed again, at the top of pages, and the line where another table's heading begins.

    A heading again may lose some columns (its order changed on that page): most must be there, and no other.
    """
    own = {_letters(c.heading) for c in heading.columns}
    parts = {_letters(word) for n in range(heading.first, heading.end) for word in lines[n].words}
    found: list[tuple[int, int]] = []
    at = begin
    while (again := find_heading(lines, at)) is not None:
        names = [_letters(c.heading) for c in again.columns]
        known = sum(name in own for name in names)
        words = [_letters(word) for n in range(again.first, again.end) for word in lines[n].words]
        if known < max(3, 0.6 * len(names)) and sum(word in parts for word in words) < 0.85 * len(words):
            return (found, again.first) if len(again.columns) >= 4 else (found, len(lines))
        first = again.first
        while (
            first > at and all(_letters(word) in parts for word in lines[first - 1].words) and not lines[first].new_page
        ):
            first -= 1
        end = again.end if not again.end_word else again.end + 1
        found.append((first, end))
        at = max(again.end, again.first + 1)  # a heading may end inside the line it begins in
    return found, len(lines)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))
