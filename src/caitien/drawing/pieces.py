"""What the pictures have in common: the title of a file of its own, the key to its inks, an axis below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from caitien.drawing.canvas import Canvas
from caitien.drawing.lettering import width_of, wrapped
from caitien.drawing.scale import Scale, ticks_for

LABEL = 13.0  # font sizes
SMALL = 12.0
TITLE = 16.0
LEADING = 1.28  # height of a line as a share of the font size
SWATCH = 13.0
BETWEEN_TICKS = 12.0  # least room between two numbers of an axis
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Key:
    """What an ink stands for."""

    ink: str
    words: str


def draw_title(canvas: Canvas, y: float, words: str) -> float:
    """The title at the top of a picture that stands alone; returns where the next thing begins."""
    for line in wrapped(words, canvas.width, TITLE):
        canvas.text(0, y + TITLE, line, TITLE, strong=True)
        y += TITLE * LEADING
    return y + 8


def draw_keys(canvas: Canvas, y: float, keys: Sequence[Key]) -> float:
    """The keys, one after the other, on as many lines as they need."""
    x = 0.0
    high = SWATCH + 7
    for key in keys:
        room = canvas.width - SWATCH - 6
        lines = wrapped(key.words, room, SMALL) or [""]
        wide = SWATCH + 6 + max(width_of(line, SMALL) for line in lines)
        if x and x + wide > canvas.width:
            x, y = 0.0, y + high
        canvas.rect(x, y, SWATCH, SWATCH, key.ink)
        for number, line in enumerate(lines):
            canvas.text(x + SWATCH + 6, y + SMALL - 1 + number * SMALL * LEADING, line, SMALL)
        if len(lines) > 1:
            x, y = 0.0, y + (len(lines) - 1) * SMALL * LEADING + high
        else:
            x += wide + 16
    return y + (high if x else 0) + 4


def scale_below(
    lowest: float, highest: float, x: float, length: float, width: float, said: Callable[[float], str], *, whole: bool
) -> tuple[Scale, list[tuple[float, str]]]:
    """A scale from x on, and its numbers with the middle of each: as many as stand apart, none beyond 0 … `width`."""
    for most in range(MOST_TICKS, 1, -1):
        scale = Scale(ticks_for(lowest, highest, most, whole=whole), length)
        numbers = [(x + scale.place(tick), said(tick)) for tick in scale.ticks]
        placed = [(kept_inside(middle, words, width), words) for middle, words in numbers]
        if _apart(placed):
            return scale, placed
    return scale, [placed[0], placed[-1]] if _apart([placed[0], placed[-1]]) else [placed[-1]]


def kept_inside(middle: float, words: str, width: float, size: float = SMALL) -> float:
    """The middle of words, moved so that they begin and end within 0 … `width`."""
    half = width_of(words, size) / 2
    return max(half, min(middle, width - half))


def _apart(placed: Sequence[tuple[float, str]]) -> bool:
    ends = [(middle - width_of(words, SMALL) / 2, middle + width_of(words, SMALL) / 2) for middle, words in placed]
    return all(after[0] - before[1] >= BETWEEN_TICKS for before, after in pairwise(ends))
