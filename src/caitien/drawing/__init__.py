"""Pictures of a plan: values in, SVG text out. The same picture stands in a page and goes into a report.

A picture is a text of its own: no script, no style sheet, nothing fetched. Its colours are attributes, so that it looks the
same in Word; a page gives its classes (`ink-…`, `draw-…`) the colours of its theme, which are stronger than attributes.
"""

from __future__ import annotations

from caitien.drawing.bars import BarPicture, BarRow, Segment, Track, draw_bars
from caitien.drawing.months import Month, MonthPicture, draw_months
from caitien.drawing.pieces import Key
from caitien.drawing.scale import MONEY_UNITS, in_unit, unit_for

__all__ = [
    "MONEY_UNITS",
    "BarPicture",
    "BarRow",
    "Key",
    "Month",
    "MonthPicture",
    "Segment",
    "Track",
    "draw_bars",
    "draw_months",
    "in_unit",
    "unit_for",
]
