"""Plans laid out at random, the same for the same seed: other headings, orders, merges, conventions and formats."""

from __future__ import annotations

import random
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "scripts"))

from sample_layouts import docx_tools, pdf_tools, xlsx_tools
from sample_layouts.common import by_standard
from sample_layouts.content_preschool import PRESCHOOL
from sample_layouts.content_primary import PRIMARY
from sample_layouts.content_secondary import SECONDARY
from sample_layouts.grid import C, Row, band, dashes, h
from sample_layouts.items import Item, Sample

HEADINGS = {
    "stt": ("TT", "STT", "Số TT", "Thứ tự"),
    "criteria": ("Tiêu chí", "Mã tiêu chí", "Tiêu chuẩn/Tiêu chí", "Thuộc tiêu chí", "Tiêu chí số"),
    "weakness": ("Điểm yếu", "Hạn chế", "Tồn tại, hạn chế", "Những tồn tại", "Điểm yếu, hạn chế cần khắc phục", "Vấn đề còn hạn chế"),
    "cause": ("Nguyên nhân", "Nguyên nhân của hạn chế", "Nguyên nhân chủ yếu"),
    "content": ("Nội dung", "Nội dung cải tiến", "Nội dung công việc", "Công việc cần thực hiện", "Nhiệm vụ", "Nội dung kế hoạch", "Tên công việc"),
    "objective": ("Mục tiêu", "Mục tiêu cải tiến", "Mục tiêu cần đạt", "Mục tiêu cụ thể"),
    "measures": ("Biện pháp", "Giải pháp thực hiện", "Giải pháp khắc phục", "Biện pháp cải tiến", "Hoạt động/giải pháp", "Các biện pháp thực hiện"),
    "indicators": ("Chỉ số đánh giá", "Chỉ tiêu", "Kết quả cần đạt", "Kết quả mong đợi", "Chỉ số đánh giá kết quả"),
    "time": ("Thời gian", "Thời gian thực hiện", "Hạn hoàn thành", "Thời hạn", "Thời điểm thực hiện", "Thời gian hoàn thành", "Tiến độ thời gian", "Thời gian dự kiến"),
    "responsible": ("Người phụ trách", "Người thực hiện", "Phụ trách", "Đơn vị/cá nhân phụ trách", "Phân công", "Người chịu trách nhiệm", "Cá nhân, tổ chức thực hiện", "Bộ phận thực hiện", "Chủ trì"),
    "collaborators": ("Phối hợp", "Người phối hợp", "Đơn vị phối hợp", "Lực lượng phối hợp"),
    "budget": ("Kinh phí", "Kinh phí dự kiến", "Dự kiến kinh phí", "Dự toán (đồng)", "Kinh phí thực hiện", "Số tiền"),
    "sources": ("Nguồn kinh phí", "Nguồn", "Dự kiến nguồn kinh phí"),
    "evidence": ("Minh chứng", "Sản phẩm", "Sản phẩm, minh chứng", "Minh chứng dự kiến", "Sản phẩm/Minh chứng sau thực hiện", "Hồ sơ minh chứng"),
    "progress": ("Tiến độ", "Tiến độ thực hiện", "Mức độ thực hiện", "Tình hình thực hiện", "Mức độ hoàn thành"),
    "note": ("Ghi chú", "Lưu ý"),
}  # fmt: skip

WHENS = [
    ("08 – 11", "2025-08", "2025-11"), ("10-01", "2025-10", "2026-01"), ("Tháng 9/2025", "2025-09", "2025-09"),
    ("Từ tháng 9/2025 đến tháng 5/2026", "2025-09", "2026-05"), ("Trước 15/10/2025", None, "2025-10-15"),
    ("15/10/2025", None, "2025-10-15"), ("Hết tháng 12/2025", None, "2025-12"), ("Học kỳ I", "2025-09-05", "2026-01-17"),
    ("HK2", "2026-01-19", "2026-05-31"), ("Cả năm", "2025-09-05", "2026-05-31"), ("Năm học 2025-2026", "2025-09-05", "2026-05-31"),
    ("Quý I/2026", "2026-01", "2026-03"), ("T9 - T12/2025", "2025-09", "2025-12"), ("01/9/2025 – 30/11/2025", "2025-09-01", "2025-11-30"),
    ("Thường xuyên", None, None), ("Hằng tháng", "2025-09-05", "2026-05-31"), ("Tuần 3 tháng 11/2025", "2025-11", "2025-11"),
    ("Tháng 10, 11/2025", "2025-10", "2025-11"), ("Cuối kỳ I", None, "2026-01-17"), ("Hè 2026", "2026-06", "2026-08"),
]  # fmt: skip
WHENS = WHENS[:-1]
MONEY = [
    ("Không", 0, ()), ("0", 0, ()), ("5.000.000", 5_000_000, ("Ngân sách",)), ("12.500.000 đ", 12_500_000, ("Chi thường xuyên",)),
    ("3,5 triệu", 3_500_000, ("Xã hội hóa",)), ("150 triệu đồng", 150_000_000, ("Ngân sách xã",)), ("1,15 tỷ đồng", 1_150_000_000, ("Đầu tư công",)),
    ("Chưa xác định", None, ()), ("20,000,000", 20_000_000, ("Học phí",)),
]  # fmt: skip
PEOPLE = [
    ("Nguyễn Thị Lan Hương",), ("Trần Văn Bách", "Lê Thị Na"), ("Hiệu trưởng",), ("Phó hiệu trưởng", "TTCM"), ("Đỗ Minh Quân (Kế toán)",),
    ("Tổ trưởng chuyên môn", "GVCN các lớp"), ("Ban giám hiệu",), ("Cô Hà (TPT)", "Chi đoàn"),
]  # fmt: skip


def layout(seed: int) -> Sample:
    """The plan of this seed, with its answers."""
    rng = random.Random(seed)
    base = rng.choice([PRIMARY, SECONDARY, PRESCHOOL])
    kind = ("docx", "xlsx", "pdf")[seed % 3]
    fields = _fields(rng, base)
    items = [
        _filled(rng, item, n) for n, item in enumerate(sorted(rng.sample(base, rng.randint(8, 14)), key=base.index), 1)
    ]
    bands = "criteria" not in fields
    merges = rng.random() < 0.5
    if merges:  # the same period and the same people in rows that follow each other
        items = [
            i.but(time=j.time, start=j.start, end=j.end, responsible=j.responsible) if n % 2 else i
            for n, (i, j) in enumerate(zip(items, [items[0], *items[:-1]], strict=True))
        ]
    two_levels = {"responsible", "collaborators"} <= set(fields) and rng.random() < 0.6
    numbering = rng.random() < 0.35
    rows = _rows(rng, items, fields, bands=bands, two_levels=two_levels, numbering=numbering, merges=merges)
    heads = (2 if two_levels else 1) + numbering
    title = "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026"
    if kind == "docx":
        document = docx_tools.new(landscape=True)
        docx_tools.letterhead(
            document,
            ("UBND XÃ TÂN HƯNG", "TRƯỜNG TÂN HƯNG"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        )
        docx_tools.title(document, title)
        docx_tools.table(document, rows, headers=heads, size=9)
        docx_tools.signature(document, ("Nơi nhận:", "- Lưu: VT."), ("HIỆU TRƯỞNG", "Nguyễn Thị Lan Hương"))
        data = docx_tools.saved(document)
    elif kind == "xlsx":
        book = xlsx_tools.new("Sheet1")
        xlsx_tools.line(book.active, 1, 1, "TRƯỜNG TÂN HƯNG", until=3)
        xlsx_tools.line(book.active, 2, 1, title, until=6)
        xlsx_tools.table(book.active, rows, 4, rng.choice([1, 2]))
        data = xlsx_tools.saved(book)
    else:
        weight = {"stt": "0.35fr", "criteria": "0.5fr", "time": "0.8fr", "budget": "0.8fr"}
        widths = [weight.get(f, "1.4fr" if f in ("weakness", "content", "measures") else "1fr") for f in fields]
        look = rng.choice(["ruled", "ruled", "boxed", "turned", "portrait", "columns only"])
        # a table without rules between its rows has no bands, no merged cells, and needs its numbers
        plain = not (merges or two_levels or numbering) and all(len(r) == len(fields) for r in rows)
        if look == "columns only" and not (plain and "stt" in fields):
            look = "ruled"
        size = 7 if look == "portrait" else rng.choice([8, 9, 10])
        stroke = (
            "(x, y) => if y == 0 { 0.5pt } else { (left: 0.5pt, right: 0.5pt) }" if look == "columns only" else "0.5pt"
        )
        source = pdf_tools.page(
            landscape=look != "portrait", size=size, numbered="KH CTCL" if rng.random() < 0.5 else ""
        )
        source += pdf_tools.para("TRƯỜNG TÂN HƯNG") + pdf_tools.para(title, bold=True, centred=True)
        source += pdf_tools.table(
            rows, widths, headers=heads, repeat=rng.random() < 0.7, stroke=stroke, breakable=look != "columns only",
            inset="4pt" if look == "columns only" else "3pt",
        )  # fmt: skip
        source += pdf_tools.two(("Nơi nhận:", "- Lưu: VT."), ("HIỆU TRƯỞNG", "Nguyễn Thị Lan Hương"))
        data = pdf_tools.compiled(source)
        data = {"boxed": pdf_tools.boxed, "turned": pdf_tools.turned}.get(look, bytes)(data)
    shown = tuple(f for f in fields if f != "stt")
    troubles = ", ".join(
        [look if kind == "pdf" else kind, *["bands"] * bands, *["merges"] * merges, *["two levels"] * two_levels]
    )
    return Sample(f"layout-{seed}.{kind}", data, items, shown, troubles=troubles)


def _fields(rng: random.Random, base: list[Item]) -> list[str]:
    first = ["stt"] if rng.random() < 0.8 else []
    if rng.random() < 0.75:
        first.append("criteria")
    has = [
        f
        for f in ("weakness", "content", "measures", "evidence", "objective", "indicators", "cause")
        if all(getattr(i, f) for i in base)
    ]
    need = [f for f in ("weakness", "content", "measures") if f in has]
    chosen = set(rng.sample(need, rng.randint(2, len(need)))) | {"responsible", "time"}
    chosen |= {f for f in (*has, "progress", "note") if rng.random() < 0.4}
    if rng.random() < 0.6:
        chosen |= {"budget"} | ({"sources"} if rng.random() < 0.6 else set())
    if rng.random() < 0.5:
        chosen.add("collaborators")
    if base is SECONDARY or base is PRESCHOOL:
        chosen.discard("note")
    if base is PRESCHOOL:
        chosen.discard("progress")
    order = [
        "weakness",
        "cause",
        "content",
        "objective",
        "measures",
        "indicators",
        "time",
        "responsible",
        "collaborators",
        "budget",
        "sources",
        "evidence",
        "progress",
        "note",
    ]
    rest = [f for f in order if f in chosen]
    if rng.random() < 0.5:  # owner before time
        i, j = rest.index("time"), rest.index("responsible")
        if "collaborators" not in rest:
            rest[i], rest[j] = rest[j], rest[i]
    return first + rest


def _filled(rng: random.Random, item: Item, n: int) -> Item:
    time, money = rng.choice(WHENS), rng.choice(MONEY)
    return item.but(
        stt=n, time=time[0], start=time[1], end=time[2], budget=money[0], vnd=money[1], sources=money[2],
        responsible=rng.choice(PEOPLE), collaborators=rng.choice([("Công đoàn",), ("Ban đại diện CMHS", "Đoàn Thanh niên"), ()]),
    )  # fmt: skip


def _rows(
    rng: random.Random,
    items: list[Item],
    fields: list[str],
    *,
    bands: bool,
    two_levels: bool,
    numbering: bool,
    merges: bool,
) -> list[Row]:
    names = {f: _adorned(rng, f, rng.choice(HEADINGS[f])) for f in fields}
    if two_levels:
        names["responsible"], names["collaborators"] = rng.choice([("Chủ trì", "Phối hợp"), ("Phụ trách", "Phối hợp")])
        top = []
        for f in fields:
            if f == "responsible":
                top.append(h(rng.choice(["Thực hiện", "Phân công", "Tổ chức thực hiện"]), colspan=2))
            elif f != "collaborators":
                top.append(h(names[f], 2))
        rows: list[Row] = [top, [h(names["responsible"]), h(names["collaborators"])]]
    else:
        rows = [[h(names[f]) for f in fields]]
    if numbering:
        rows.append([h(f"({i})") for i in range(1, len(fields) + 1)])
    mark = rng.choice(["- ", "+ ", "• "])
    separator = rng.choice(["; ", ", "])
    for standard, group in by_standard(items).items():
        if bands or rng.random() < 0.4:
            rows.append(
                band(rng.choice([f"Tiêu chuẩn {standard}", f"TIÊU CHUẨN {standard}: NỘI DUNG TIÊU CHUẨN"]), len(fields))
            )
        merged = None if bands or not merges else rng.choice(["time", "responsible"])
        covered = False
        for k, item in enumerate(group):
            if bands:
                rows.append(band(f"Tiêu chí {', '.join(item.criteria)}", len(fields)))
            following = group[k + 1] if k + 1 < len(group) else None
            row = []
            for f in fields:
                cell = _cell(item, f, mark, separator)
                if f == merged:
                    if covered:
                        covered = False
                        continue
                    if following is not None and getattr(item, f) == getattr(following, f):
                        cell, covered = replace(cell, rowspan=2), True
                row.append(cell)
            rows.append(row)
    if "budget" in fields and rng.random() < 0.4:
        place = fields.index("budget")
        total = sum(i.vnd or 0 for i in items)
        if place:
            rows.append(
                [C("Tổng cộng", colspan=place, bold=True), C(f"{total:,}".replace(",", "."))]
                + [C("")] * (len(fields) - place - 1)
            )
    return rows


def _adorned(rng: random.Random, field: str, heading: str) -> str:
    """A heading as someone typed it: in capitals, with a remark in brackets, with a space too many, in decomposed letters."""
    if field == "budget" and "đồng" not in heading and rng.random() < 0.2:
        heading += " (đồng)"
    elif field in ("collaborators", "note", "cause") and rng.random() < 0.2:
        heading += " (nếu có)"
    way = rng.random()
    if way < 0.2:
        return heading.upper()
    if way < 0.3:
        return heading.replace(" ", "  ", 1) + " "
    if way < 0.4:
        return unicodedata.normalize("NFD", heading)
    return heading


def _cell(item: Item, field: str, mark: str, separator: str) -> C:
    value = {"stt": str(item.stt), "criteria": ", ".join(item.criteria)}.get(field)
    if value is not None:
        return C(value)
    value = getattr(item, field)
    if field in ("responsible", "collaborators", "sources"):
        return C(separator.join(value))
    return dashes(value, mark) if isinstance(value, tuple) else C(value)
