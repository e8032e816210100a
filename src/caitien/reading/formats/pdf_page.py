"""One page of a PDF as upright words and ruled lines, in points from the top left corner of the page as it is shown.

PDFium gives letters and paths; this file turns them the right way up, joins letters to words, and keeps the straight
lines that could be the rules of a table. Text at a slant (a watermark) is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from caitien.reading.formats.word_symbols import private_letter
from caitien.reading.limits import Watch

THIN = 3.5  # points: a filled shape no thicker than this is a line (Word draws borders as filled shapes)
_STRAIGHT = 1.0  # points: how far a line may lean and still be level or plumb
_GAP = 0.28  # of the letter size: a gap this wide parts words where no space was written
_LOOSE = 0.04  # of the letter size: letters of one word sit closer together than this
_SLANT = math.radians(8)
_LOOK_AT_TIME = 2000  # letters or paths between two looks at the watch
_WHITE = 250
_FORM_DEPTH = 8


@dataclass(slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float  # height of the letters' font in points, about
    bold: bool = False
    joints: list[tuple[int, float]] = field(default_factory=list)  # letter, x: where letters do not sit side by side


@dataclass(slots=True)
class Rule:
    """A straight line: at `at` (y of a level one, x of a plumb one), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Frame:
    """The page's box in PDF coordinates and how many quarter turns clockwise bring it upright for reading."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF as (x, top) on the upright page."""
        turns = self.turns
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def unseen(self, x: float, top: float) -> tuple[float, float]:
        """The way back: a point of the upright page in PDF coordinates."""
        turns = self.turns
        if turns == 0:
            return self.left + x, self.top - top
        if turns == 1:
            return self.left + top, self.bottom + x
        if turns == 2:
            return self.right - x, self.bottom + top
        return self.right - top, self.top - x


@dataclass(slots=True)
class Page:
    number: int  # 1 is the first
    frame: Frame  # in which it is read
    shown: Frame  # in which it is shown: another one when the text lies sideways on the page
    words: list[Word] = field(default_factory=list)
    turned: list[tuple[int, Word]] = field(default_factory=list)  # quarter turns, words standing on end
    level: list[Rule] = field(default_factory=list)
    plumb: list[Rule] = field(default_factory=list)
    letters: int = 0
    unreadable: int = 0  # letters whose meaning the file does not tell
    slanted: int = 0
    images: int = 0
    fonts: set[str] = field(default_factory=set)

    @property
    def width(self) -> float:
        return self.frame.size[0]

    @property
    def height(self) -> float:
        return self.frame.size[1]

    def box(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """A rectangle of the page as read, on the page as it is shown."""
        if self.frame.turns == self.shown.turns:
            return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)
        a = self.shown.seen(*self.frame.unseen(x0, top))
        b = self.shown.seen(*self.frame.unseen(x1, bottom))
        return (
            round(min(a[0], b[0]), 1),
            round(min(a[1], b[1]), 1),
            round(max(a[0], b[0]), 1),
            round(max(a[1], b[1]), 1),
        )


def read_page(page: Any, number: int, watch: Watch) -> Page:
    """What stands on a pypdfium2 page."""
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)
    made = Page(number, frame, frame)
    letters = _letters(page, made, watch)
    turns = Counter(letter[7] for letter in letters)
    most = turns.most_common(1)[0][0] if turns else 0
    if most:  # the text lies sideways on the page: read it in a frame of its own
        made.frame = Frame(left, bottom, right, top, (frame.turns + most) % 4)
    upright = [letter for letter in letters if letter[7] == most]
    made.words = _words(upright, made.frame)
    for turn in turns:
        if turn != most:
            side = Frame(left, bottom, right, top, (frame.turns + turn) % 4)
            for word in _words([letter for letter in letters if letter[7] == turn], side):
                made.turned.append(((turn - most) % 4, _moved(word, side, made.frame)))
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    objects = (pdfium_c.FPDFPage_GetObject(page.raw, i) for i in range(count))
    _rules(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), made, watch, 0)
    made.words = _cut_at_rules(made.words, made.plumb)
    return made


def _cut_at_rules(words: list[Word], plumb: list[Rule]) -> list[Word]:
    """Words of two cells that touch, because the first runs over its column's rule: cut where the second begins."""
    if not any(word.joints for word in words):
        return words
    cut: list[Word] = []
    for word in words:
        if word.joints:
            middle = (word.top + word.bottom) / 2
            crossed = [
                rule.at for rule in plumb if rule.start <= middle <= rule.end and word.x0 + 1 < rule.at < word.x1 - 1
            ]
            joint = next(((i, x) for i, x in word.joints if crossed and x > min(crossed)), None)
            if joint:
                i, x = joint
                cut.append(replace(word, text=word.text[:i], x1=min(crossed), joints=[]))
                cut.append(replace(word, text=word.text[i:], x0=x, joints=[]))
                continue
        cut.append(word)
    return cut


# Letters: (text, x0, y0, x1, y1, origin x, origin y, quarter turns, bold, starts a word)
_Letter = tuple[str, float, float, float, float, float, float, int, bool, bool]


def _letters(page: Any, made: Page, watch: Watch) -> list[_Letter]:
    """The letters of a page in the order of the file, spaces taken as marks that a word starts."""
    text_page = page.get_textpage()
    try:
        return _letters_of(text_page.raw, text_page.count_chars(), made, watch)
    finally:
        text_page.close()


def _letters_of(raw: Any, count: int, made: Page, watch: Watch) -> list[_Letter]:
    letters: list[_Letter] = []
    box = pdfium_c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    get_unicode, get_box = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    get_origin, get_angle = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_GetCharAngle
    starts, asked, bold, surrogate = True, False, False, 0
    for i in range(count):
        if i % _LOOK_AT_TIME == 0:
            watch.check()
        code = get_unicode(raw, i)
        if code in (0x0A, 0x0D):  # PDFium ends lines within words ("B|ếp ăn"): where letters stand decides, in `_words`
            asked = False
            continue
        if code <= 0x20 and code != 2 and code != 0:
            starts = True
            continue
        if code in (0xA0, 0x200B, 0x202F, 0x3000, 0xFEFF) or 0x2000 <= code <= 0x200A:
            starts = True
            continue
        if 0xD800 <= code < 0xDC00:
            surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((surrogate - 0xD800) << 10) + (code - 0xDC00) if surrogate else 0xFFFD
            surrogate = 0
        if code == 0xAD and not starts:
            code = 2
        letter = "-" if code == 2 else private_letter(chr(code))  # PDFium says 2 for a hyphen that ends a line
        made.letters += 1
        if code in (0, 0xFFFD) or (0xE000 <= code <= 0xF8FF and not 0xF000 <= code <= 0xF0FF):
            made.unreadable += 1
        get_box(raw, i, box)
        get_origin(raw, i, x, y)
        angle = get_angle(raw, i)
        quarter = round(angle / (math.pi / 2))
        if abs(angle - quarter * math.pi / 2) > _SLANT:
            made.slanted += 1
            starts = True
            continue
        if starts or not asked:
            asked = True
            name.value = b""
            pdfium_c.FPDFText_GetFontInfo(raw, i, name, 128, flags)
            font = name.value.decode("utf-8", "replace").split("+")[-1]
            made.fonts.add(font)
            bold = "bold" in font.lower() or "black" in font.lower() or pdfium_c.FPDFText_GetFontWeight(raw, i) >= 600
        turn = (-quarter - made.frame.turns) % 4  # PDFium counts angles clockwise
        letters.append((letter, box.left, box.bottom, box.right, box.top, x.value, y.value, turn, bold, starts))
        starts = False
    return letters


def _words(letters: list[_Letter], frame: Frame) -> list[Word]:
    """Letters of one direction as words: a word ends at a space, at a gap, and where the line jumps."""
    words: list[Word] = []
    texts: list[str] = []
    word: Word | None = None
    for letter, ax, ay, bx, by, ox, oy, _, bold, starts in letters:
        if frame.turns == 0:
            x0, top, x1, bottom = ax - frame.left, frame.top - by, bx - frame.left, frame.top - ay
            baseline = frame.top - oy
        else:
            (px, py), (qx, qy) = frame.seen(ax, ay), frame.seen(bx, by)
            x0, x1, top, bottom = min(px, qx), max(px, qx), min(py, qy), max(py, qy)
            baseline = frame.seen(ox, oy)[1]
        size = max(0.87 * (bottom - top), 1.0)
        if word is not None and not starts:
            combining = "\u0300" <= letter <= "\u036f"
            near = -0.6 * size <= x0 - word.x1 <= _GAP * size and abs(baseline - word.baseline) < 0.45 * max(
                size, word.size
            )
            if near or combining:
                if not combining and abs(x0 - word.x1) > _LOOSE * size:
                    word.joints.append((len(texts), x0))
                texts.append(letter)
                if not combining:
                    word.x1 = max(word.x1, x1)
                    word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
                continue
        if word is not None:
            word.text = "".join(texts)
        word = Word("", x0, x1, top, bottom, baseline, size, bold)
        texts = [letter]
        words.append(word)
    if word is not None:
        word.text = "".join(texts)
    return words


def _moved(word: Word, source: Frame, target: Frame) -> Word:
    """A word's box from one frame into another; its baseline and size stay those of its own direction."""
    a = target.seen(*source.unseen(word.x0, word.top))
    b = target.seen(*source.unseen(word.x1, word.bottom))
    return Word(
        word.text,
        min(a[0], b[0]),
        max(a[0], b[0]),
        min(a[1], b[1]),
        max(a[1], b[1]),
        word.baseline,
        word.size,
        word.bold,
    )


_Matrix = tuple[float, float, float, float, float, float]


def _rules(objects: Any, matrix: _Matrix, made: Page, watch: Watch, depth: int) -> None:
    """Collect the level and plumb lines of page objects, also of those inside forms."""
    held = pdfium_c.FS_MATRIX()
    for i, item in enumerate(objects):
        if i % _LOOK_AT_TIME == 0:
            watch.check()
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            made.images += 1
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            pdfium_c.FPDFPageObj_GetMatrix(item, held)
            _path(item, _times((held.a, held.b, held.c, held.d, held.e, held.f), matrix), made)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            pdfium_c.FPDFPageObj_GetMatrix(item, held)
            inner = _times((held.a, held.b, held.c, held.d, held.e, held.f), matrix)
            count = pdfium_c.FPDFFormObj_CountObjects(item)
            parts = (pdfium_c.FPDFFormObj_GetObject(item, j) for j in range(count))
            _rules(parts, inner, made, watch, depth + 1)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _path(item: Any, m: _Matrix, made: Page) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    if _is_white(item, bool(stroke.value)):
        return
    for points, closed in _outlines(item, m, made.frame):
        if stroke.value:
            pairs = list(pairwise(points)) + ([(points[-1], points[0])] if closed else [])
            for (ax, ay), (bx, by) in pairs:
                _add(made, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), _STRAIGHT)
        else:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            _add(made, min(xs), min(ys), max(xs), max(ys), THIN)


def _outlines(item: Any, m: _Matrix, frame: Frame) -> list[tuple[list[tuple[float, float]], bool]]:
    """The outlines of a path as points on the upright page, and whether each is closed."""
    made: list[tuple[list[tuple[float, float]], bool]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium_c.FPDFPath_CountSegments(item), 20_000)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        a, b = x.value, y.value
        point = frame.seen(m[0] * a + m[2] * b + m[4], m[1] * a + m[3] * b + m[5])
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO or not made:
            made.append(([point], False))
        else:
            made[-1][0].append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            made[-1] = (made[-1][0], True)
    return made


def _add(made: Page, x0: float, top: float, x1: float, bottom: float, thick: float) -> None:
    width, height = x1 - x0, bottom - top
    if height <= thick and width >= height:
        made.level.append(Rule((top + bottom) / 2, x0, x1))
    if width <= thick and height >= width:
        made.plumb.append(Rule((x0 + x1) / 2, top, bottom))


def _is_white(item: Any, stroked: bool) -> bool:
    """Whether a line cannot be seen: white or transparent."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    get = pdfium_c.FPDFPageObj_GetStrokeColor if stroked else pdfium_c.FPDFPageObj_GetFillColor
    if not get(item, r, g, b, a):
        return False
    return a.value < 10 or min(r.value, g.value, b.value) >= _WHITE
