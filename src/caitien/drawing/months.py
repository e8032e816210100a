"""Standing bars, two a month: how much runs, and how much falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from caitien.drawing.canvas import Canvas
from caitien.drawing.lettering import width_of, wrapped
from caitien.drawing.pieces import LABEL, LEADING, SMALL, Key, draw_keys, draw_title
from caitien.drawing.scale import Scale, finite, number, ticks_for

HIGH = 150.0
NUMBERS = (11.0, 10.0)  # font sizes of the numbers upon the bars: the first with which all have room
THICKEST = 17.0


@dataclass(frozen=True, slots=True)
class Month:
    """`short` ("9") stands where `label` ("T9") has no room; `year` is written once beneath its months."""

    label: str
    short: str
    year: str
    values: tuple[float, float]  # runs, falls due
    now: bool = False


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """`keys`: what the two bars of a month stand for. `nothing`: the words when there are no months."""

    name: str
    title: str
    description: str
    months: Sequence[Month]
    keys: tuple[Key, Key]
    unit: str = ""
    nothing: str = ""


def draw_months(picture: MonthPicture, width: float = 540.0, *, alone: bool = False) -> str:
    """The picture as SVG text, `width` units wide. `alone`: a file of its own (see `draw_bars`)."""
    canvas = Canvas(picture.name, width, alone=alone)
    y = draw_title(canvas, 0, picture.title) if alone else 0.0
    if not picture.months:
        for line in wrapped(picture.nothing, width, LABEL):
            canvas.text(0, y + LABEL, line, LABEL, soft=True)
            y += LABEL * LEADING
        return canvas.finished(y + 6, picture.title, picture.description)
    y = draw_keys(canvas, y, picture.keys)
    if picture.unit:
        canvas.text(0, y + SMALL, picture.unit, SMALL, soft=True)
        y += SMALL * LEADING + 4
    y += NUMBERS[0] + 4
    highest = max(max(map(_count, month.values)) for month in picture.months)
    scale = Scale(ticks_for(0, highest, 6), HIGH)
    left = max(width_of(number(tick), SMALL) for tick in scale.ticks) + 8
    floor = y + HIGH
    slot = (width - left) / len(picture.months)
    for place, month in enumerate(picture.months):
        if month.now:
            canvas.band(left + place * slot, y - NUMBERS[0] - 4, slot, HIGH + NUMBERS[0] + 4 + SMALL * LEADING + 4)
    for tick in scale.ticks:
        level = floor - scale.place(tick)
        canvas.line(left, level, width, level)
        canvas.text(left - 6, level + SMALL * 0.36, number(tick), SMALL, anchor="end", soft=True)
    size = _size_of_numbers(picture.months, slot)
    long_labels = all(width_of(month.label, SMALL) <= slot - 2 for month in picture.months)
    for place, month in enumerate(picture.months):
        _draw_month(canvas, month, left + (place + 0.5) * slot, slot, floor, scale, picture.keys, size)
        label = month.label if long_labels else month.short
        if width_of(label, SMALL) <= slot:
            canvas.text(left + (place + 0.5) * slot, floor + SMALL + 5, label, SMALL, anchor="middle", strong=month.now)
    canvas.line(left, floor, width, floor, strong=True)
    y = _draw_years(canvas, floor + SMALL * LEADING + 8, picture.months, left, slot)
    return canvas.finished(y + 4, picture.title, picture.description)


def _draw_month(
    canvas: Canvas, month: Month, middle: float, slot: float, floor: float, scale: Scale, keys: tuple[Key, Key],
    size: float | None,
) -> None:  # fmt: skip
    thick = _thick(slot)
    for side, value, key in zip((-1, 1), map(_count, month.values), keys, strict=True):
        high = scale.place(value)
        x = middle + (side - 1) / 2 * thick + side * 0.5
        if value:
            canvas.rect(x, floor - high, thick, high, key.ink)
        if value and size:
            canvas.text(x + thick / 2, floor - high - 3, number(value), size, anchor="middle", strong=side > 0)


def _thick(slot: float) -> float:
    return min(slot * 0.44, THICKEST)


def _size_of_numbers(months: Sequence[Month], slot: float) -> float | None:
    """The size with which every number has room above its bar; None when there is none: the axis has to do."""
    words = [number(_count(value)) for month in months for value in month.values]
    return next((size for size in NUMBERS if all(width_of(word, size) <= _thick(slot) + 1 for word in words)), None)


def _draw_years(canvas: Canvas, y: float, months: Sequence[Month], left: float, slot: float) -> float:
    """Each year beneath its months, with a line that says how far it reaches."""
    place = 0
    for year, group in groupby(months, key=lambda month: month.year):
        size = len(list(group))
        start, end = left + place * slot, left + (place + size) * slot
        if width_of(year, SMALL) <= end - start:
            canvas.line(start + 4, y, end - 4, y)
            canvas.text((start + end) / 2, y + SMALL + 3, year, SMALL, anchor="middle", soft=True)
        place += size
    return y + SMALL * LEADING + 3


def _count(value: float) -> float:
    """A count: nothing is less than none."""
    return max(finite(value), 0)
