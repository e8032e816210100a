"""Axes with round numbers, and numbers as they are written in Vietnam."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

STEPS = (1, 2, 5)
MONEY_UNITS = ((1, "đồng"), (10**3, "nghìn đồng"), (10**6, "triệu đồng"), (10**9, "tỷ đồng"), (10**12, "nghìn tỷ đồng"))
"""What money is counted in, the smallest first: (đồng in one, its name)."""
LONGEST = 10**15  # numbers from here on are written as powers of ten


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on a line of `length`; `ticks` are round."""

    ticks: tuple[float, ...]
    length: float

    def place(self, value: float) -> float:
        """Where a value stands: 0 is the beginning of the line. What is outside stands at its end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = Decimal(value) - Decimal(low)
        return float(min(max(share / (Decimal(high) - Decimal(low)), Decimal(0)), Decimal(1))) * self.length


def finite(value: float | Decimal | None) -> float:
    """The number; 0 for what is none (nothing, not a number, infinity)."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return 0
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() else 0
    return value


def ticks_for(lowest: float, highest: float, most: int, *, whole: bool = True) -> tuple[float, ...]:
    """At most `most` (2 or more) round numbers, 0 among them, that enclose the values. `whole`: no parts of one."""
    lowest, highest = min(finite(lowest), 0), max(finite(highest), 0)
    if lowest == highest == 0:
        return (0, 1)
    span = Decimal(highest) - Decimal(lowest)  # of floats it might overflow
    for wanted in range(max(most, 2) - 1, 0, -1):
        step = _step(span, wanted, whole=whole)
        first, last = _floor(lowest, step), -_floor(-highest, step)
        if last - first <= wanted or wanted == 1:
            break
    return tuple(_times(n, step) for n in range(first, last + 1))


def number(value: float | Decimal, places: int = 0) -> str:
    """1234567 is "1.234.567"; with places, 27.5 is "27,5" and 3.0 is "3"."""
    if Decimal(value).copy_abs() >= LONGEST:
        return _power_of_ten(value)
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.{places}f}"
    text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return text.rstrip("0").rstrip(",") if "," in text else text


def unit_for(most: float, units: Sequence[tuple[int, str]] = MONEY_UNITS) -> tuple[int, str]:
    """The unit in which the greatest number of a picture is short: millions for 27.499.000."""
    fitting = [unit for unit in units if abs(most) >= unit[0]]
    return fitting[-1] if fitting else units[0]


def in_unit(value: float, unit: int, places: int = 1) -> str:
    """A number in a unit: 27.499.000 in millions is "27,5", 8.250.000 is "8,3"."""
    exact = Decimal(finite(value)) / unit
    if abs(exact) >= LONGEST:
        return number(exact)
    return number(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


def _step(span: Decimal, wanted: int, *, whole: bool) -> Decimal:
    """The least round step of which `wanted` cover the span."""
    least = span / wanted
    power = Decimal(10) ** least.adjusted()
    step = next((power * n for n in STEPS if power * n >= least), power * 10)
    return max(step, Decimal(1)) if whole else step


def _floor(value: float, step: Decimal) -> int:
    return int((Decimal(value) / step).to_integral_value("ROUND_FLOOR"))


def _times(count: int, step: Decimal) -> float:
    product = count * step
    return int(product) if product == product.to_integral_value() else float(product)


def _power_of_ten(value: float | Decimal) -> str:
    digits, power = f"{Decimal(value):.1e}".split("e")
    return f"{digits.replace('.', ',').removesuffix(',0')}·10^{int(power)}"
