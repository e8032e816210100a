"""The head and the foot of the school's documents after Nghị định 30/2020/NĐ-CP, as the page shows them before any is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

DOTS = "………………"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # Nghị định 30/2020, phụ lục I: the same in every language of the pages
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands where: left the superior body and the school, right the place and date, below who signs."""

    parent: str
    issuer: str
    number: str
    place_and_date: str
    role: str
    name: str
    nation: str = NATION
    motto: str = MOTTO


def letterhead(school: Any, on: date | None = None) -> Shown:
    """`school`: anything with the fields of School, saved or not. `on`: the day shown; none is a line to fill in."""
    day = f"ngày {on.day:02d} tháng {on.month:02d} năm {on.year}" if on else "ngày … tháng … năm …"
    return Shown(
        parent=(school.parent_body or DOTS).upper(),
        issuer=(school.name or DOTS).upper(),
        number=f"Số: …/KH-{school.abbreviation or '…'}",
        place_and_date=f"{school.place or DOTS}, {day}",
        role=(school.head_role or DOTS).upper(),
        name=school.head_name or DOTS,
    )
