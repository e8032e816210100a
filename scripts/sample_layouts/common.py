"""What every sample shares: the national title, the terms of a school year, the bits of prose that plans are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .items import Item

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

When = tuple[str, str | None, str | None]  # as printed; start and end as design.md's table of conventions wants them
Money = tuple[str, int | None, tuple[str, ...]]  # as printed; whole đồng; sources


@dataclass(frozen=True)
class School:
    name: str  # "Trường Tiểu học Suối Lim"
    level: str
    parent: str  # "UBND XÃ MƯỜNG TRE"
    place: str  # "Mường Tre"
    head: str  # who signs
    role: str = "HIỆU TRƯỞNG"

    @property
    def capital(self) -> str:
        return self.name.upper()


def with_when(items: Sequence[Item], whens: Sequence[When]) -> list[Item]:
    return [i.but(time=w[0], start=w[1], end=w[2]) for i, w in zip(items, _cycled(whens, len(items)), strict=True)]


def with_people(items: Sequence[Item], people: Sequence[tuple[str, ...]]) -> list[Item]:
    return [i.but(responsible=p) for i, p in zip(items, _cycled(people, len(items)), strict=True)]


def with_helpers(items: Sequence[Item], people: Sequence[tuple[str, ...]]) -> list[Item]:
    return [i.but(collaborators=p) for i, p in zip(items, _cycled(people, len(items)), strict=True)]


def with_money(items: Sequence[Item], money: Sequence[Money]) -> list[Item]:
    return [i.but(budget=m[0], vnd=m[1], sources=m[2]) for i, m in zip(items, _cycled(money, len(items)), strict=True)]


def numbered(items: Iterable[Item]) -> list[Item]:
    return [item.but(stt=i) for i, item in enumerate(items, 1)]


def _cycled(values: Sequence, count: int) -> list:  # type: ignore[type-arg]
    return [values[i % len(values)] for i in range(count)]


def doc_facts(
    school: School, year: str, *, number: str | None = None, date: str | None = None, **more: object
) -> dict[str, object]:
    """What a reader must find about the document itself."""
    return {
        "school": school.name,
        "school_level": school.level,
        "school_year": year,
        "document_number": number,
        "place": school.place if date else None,
        "date": date,
        "signer": {"role": school.role, "name": school.head},
        **more,
    }


STANDARDS_2018 = {
    "1": "Tổ chức và quản lý nhà trường",
    "2": "Cán bộ quản lý, giáo viên, nhân viên và học sinh",
    "3": "Cơ sở vật chất và thiết bị dạy học",
    "4": "Quan hệ giữa nhà trường, gia đình và xã hội",
    "5": "Hoạt động giáo dục và kết quả giáo dục",
}
STANDARDS_PRESCHOOL = STANDARDS_2018 | {
    "2": "Cán bộ quản lý, giáo viên, nhân viên",
    "5": "Hoạt động và kết quả nuôi dưỡng, chăm sóc, giáo dục trẻ",
}
STANDARDS_2026 = {
    "1": "Quản trị nhà trường và bảo đảm chất lượng",
    "2": "Phát triển đội ngũ",
    "3": "Thực hiện chương trình, đổi mới phương pháp giáo dục và phát triển học sinh",
    "4": "Điều kiện giáo dục, môi trường an toàn và phối hợp xã hội",
}


def by_standard(items: Sequence[Item]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.criteria[0].split(".")[0], []).append(item)
    return groups
