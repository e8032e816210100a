"""Lying bars: a row for each standard or source, stacked by status or side by side (planned, spent)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from caitien.drawing.canvas import Canvas
from caitien.drawing.lettering import width_of, wrapped
from caitien.drawing.pieces import LABEL, LEADING, SMALL, Key, draw_keys, draw_title, scale_below
from caitien.drawing.scale import Scale, finite, number

ROOM_FOR_LABELS_BESIDE = 420.0  # below this width a label stands above its bars
LABELS_BESIDE = 0.37  # share of the width
MOST_BESIDE = 230.0
THICK, THIN = 22.0, 15.0  # of a bar that is alone, of one of several
BETWEEN = 14.0  # rows
LEAST = 1.5  # a bar of something is seen, however little it is
LONGEST_LABEL = 400  # letters; the table beneath a picture has the whole


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `text`: what stands upon it when there is room."""

    ink: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A bar: one segment (which may be below zero) or several, stacked. `end`: the words after it."""

    segments: Sequence[Segment]
    end: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    label: str
    tracks: Sequence[Track]


@dataclass(frozen=True, slots=True)
class BarPicture:
    """All that a picture of lying bars says. `said`: the words of a number on the axis; `unit`: what it counts.

    `nothing`: the words when there are no rows.
    """

    name: str
    title: str
    description: str
    rows: Sequence[BarRow]
    keys: Sequence[Key] = ()
    unit: str = ""
    nothing: str = ""
    said: Callable[[float], str] = field(default=number)
    whole: bool = True


def draw_bars(picture: BarPicture, width: float = 540.0, *, alone: bool = False) -> str:
    """The picture as SVG text, `width` units (pixels at its natural size) wide and as high as its labels need.

    `alone`: a file of its own, with its title and white paper; without, it takes the colours of the page around it.
    """
    canvas = Canvas(picture.name, width, alone=alone)
    y = draw_title(canvas, 0, picture.title) if alone else 0.0
    if not picture.rows:
        for line in wrapped(picture.nothing, width, LABEL):
            canvas.text(0, y + LABEL, line, LABEL, soft=True)
            y += LABEL * LEADING
        return canvas.finished(y + 6, picture.title, picture.description)
    y = draw_keys(canvas, y, picture.keys)
    beside = min(width * LABELS_BESIDE, MOST_BESIDE) if width >= ROOM_FOR_LABELS_BESIDE else 0.0
    left = beside + 12 if beside else 0.0
    right = max([width_of(track.end, SMALL) + 8 for row in picture.rows for track in row.tracks if track.end] + [8])
    length = max(width - left - right, width * 0.25)
    low, high = _reach(picture.rows)
    scale, numbers = scale_below(low, high, left, length, width, picture.said, whole=picture.whole)
    y += BETWEEN / 2
    for row in picture.rows:
        y = _draw_row(canvas, y, row, scale, left, beside)
    y += 2
    canvas.line(left, y, left + length, y, strong=True)
    for middle, words in numbers:
        canvas.text(middle, y + SMALL + 5, words, SMALL, anchor="middle", soft=True)
    y += SMALL * LEADING + 6
    for line in wrapped(picture.unit, width, SMALL):
        canvas.text(width, y + SMALL, line, SMALL, anchor="end", soft=True)
        y += SMALL * LEADING
    return canvas.finished(y + 4, picture.title, picture.description)


def _draw_row(canvas: Canvas, y: float, row: BarRow, scale: Scale, left: float, beside: float) -> float:
    """A row from y on; returns where the next begins. Words stand beside the bars, or above them."""
    thick = THICK if len(row.tracks) == 1 else THIN
    bars = len(row.tracks) * thick + (len(row.tracks) - 1) * 2
    lines = wrapped(row.label[:LONGEST_LABEL], beside or canvas.width, LABEL)
    words = len(lines) * LABEL * LEADING
    at = y if not beside else y + max(bars - words, 0) / 2
    for place, line in enumerate(lines):
        canvas.text(0, at + LABEL * 0.95 + place * LABEL * LEADING, line, LABEL)
    top = y + (max(words - bars, 0) / 2 if beside else words + 4)
    after = (y + max(words, bars) if beside else top + bars) + BETWEEN
    for tick in scale.ticks:
        x = left + scale.place(tick)
        canvas.line(x, y - BETWEEN / 2 if beside else top - 3, x, after - BETWEEN / 2 if beside else top + bars + 3)
    for number_, track in enumerate(row.tracks):
        _draw_track(canvas, top + number_ * (thick + 2), thick, track, scale, left)
    zero = left + scale.place(0)
    canvas.line(zero, top - 3, zero, top + bars + 3, strong=True)
    return after


def _draw_track(canvas: Canvas, y: float, thick: float, track: Track, scale: Scale, left: float) -> None:
    zero = end = left + scale.place(0)
    sum_ = 0.0
    for segment in track.segments:
        value = finite(segment.value)
        if not value:
            continue
        if value < 0 and len(track.segments) > 1:
            continue  # a stack has no place for what is less than nothing
        start, sum_ = left + scale.place(sum_), sum_ + value
        reach = left + scale.place(sum_)
        x, wide = min(start, reach), max(abs(reach - start), LEAST)
        x = min(x, left + scale.length - wide)
        canvas.rect(x, y, wide, thick, segment.ink)
        end = max(end, x + wide)
        if segment.text and width_of(segment.text, SMALL) + 6 <= wide:
            canvas.text(x + wide / 2, y + thick / 2 + SMALL * 0.36, segment.text, SMALL, anchor="middle", ink=segment.ink, strong=True)  # fmt: skip
    if track.end:
        room = canvas.width - width_of(track.end, SMALL)
        canvas.text(max(min(max(end, zero) + 6, room), 0), y + thick / 2 + SMALL * 0.36, track.end, SMALL)


def _reach(rows: Sequence[BarRow]) -> tuple[float, float]:
    """The least and the greatest end of a bar."""
    ends: list[float] = [0]
    for row in rows:
        for track in row.tracks:
            values = [finite(segment.value) for segment in track.segments]
            ends.append(values[0] if len(values) == 1 else sum(value for value in values if value > 0))
    return min(ends), max(ends)
