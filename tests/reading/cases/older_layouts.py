"""More layouts at random: standards in merged cells with bare criterion numbers, headings of two levels over time and money,
amounts in units of the heading, one table a standard."""

from __future__ import annotations

import random

from reading.cases.layouts import PEOPLE
from sample_layouts import docx_tools, pdf_tools, xlsx_tools
from sample_layouts.common import by_standard
from sample_layouts.content_primary import PRIMARY
from sample_layouts.content_secondary import SECONDARY
from sample_layouts.grid import C, Row, h
from sample_layouts.items import Item, Sample

ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
UNITS = {
    "(đồng)": 1,
    "(nghìn đồng)": 1_000,
    "(triệu đồng)": 1_000_000,
    "(ĐVT: nghìn đồng)": 1_000,
    "(1.000đ)": 1_000,
    "(ngàn đồng)": 1_000,
}
SPANS = [("15/9/2025", "30/11/2025"), ("01/10/2025", "31/05/2026"), ("9/2025", "12/2025"), ("10/2025", "3/2026")]
ENDS = {
    "30/11/2025": "2025-11-30", "31/05/2026": "2026-05-31", "12/2025": "2025-12", "3/2026": "2026-03",
    "15/9/2025": "2025-09-15", "01/10/2025": "2025-10-01", "9/2025": "2025-09", "10/2025": "2025-10",
}  # fmt: skip


def older_layout(seed: int) -> Sample:
    """The plan of this seed, with its answers."""
    rng = random.Random(10_000 + seed)
    base = rng.choice([PRIMARY, SECONDARY])
    kind = ("docx", "xlsx", "pdf")[seed % 3]
    chosen = sorted(rng.sample(base, rng.randint(9, 14)), key=base.index)
    unit = rng.choice(list(UNITS))
    bare = rng.random() < 0.6
    apart = kind != "xlsx" and rng.random() < 0.35  # one table a standard
    items, amounts = [], []
    for item in chosen:
        (start, end), amount = rng.choice(SPANS), rng.choice([None, 0, 5, 12, 250])
        amount = amount * (1_000_000 // UNITS[unit]) if amount else amount
        amounts.append(amount)
        source = rng.choice(["Ngân sách", "Xã hội hóa", "Chi thường xuyên"]) if amount else ""
        items.append(
            item.but(
                time=f"{start} - {end}", start=ENDS[start], end=ENDS[end], responsible=rng.choice(PEOPLE),
                vnd=amount * UNITS[unit] if amount is not None else None, sources=(source,) if source else (),
            )
        )  # fmt: skip
    top = [
        h(rng.choice(["Tiêu chuẩn", "Tiêu chuẩn số"]), 2), h("Tiêu chí", 2), h(rng.choice(["Nội dung cải tiến", "Việc cần làm", "Nội dung thực hiện"]), 2),
        h(rng.choice(["Biện pháp", "Giải pháp, biện pháp"]), 2), h(rng.choice(["Thời gian", "Thời gian thực hiện", "Tiến độ thời gian"]), colspan=2),
        h(rng.choice(["Người thực hiện", "Trách nhiệm thực hiện", "Phân công nhiệm vụ"]), 2), h(f"Kinh phí {unit}", colspan=2),
    ]  # fmt: skip
    second = [
        h(x)
        for x in (
            *rng.choice([("Bắt đầu", "Kết thúc"), ("Từ", "Đến"), ("Ngày bắt đầu", "Ngày hoàn thành")]),
            *rng.choice([("Số tiền", "Nguồn"), ("Dự toán", "Nguồn kinh phí")]),
        )
    ]
    tables: list[list[Row]] = [[top, second]]
    groups = list(by_standard(items).items())
    money = dict(zip([id(i) for i in items], amounts, strict=True))
    for n, (standard, group) in enumerate(groups):
        if apart and n:
            tables.append([top, second])
        for k, item in enumerate(group):
            row = [C(ROMAN[standard] if bare else standard, rowspan=len(group), centred=True)] if k == 0 else []
            code = ", ".join(c.split(".")[1] if bare else c for c in item.criteria)
            amount = money[id(item)]
            shown = "" if amount is None else f"{amount:,}".replace(",", ".")
            start, end = item.time.split(" - ")
            row += [
                C(code), C(item.content), C(lines=tuple("- " + m for m in item.measures)), C(start), C(end), C("; ".join(item.responsible)),
                C(shown, value=amount if kind == "xlsx" else None, number_format="#,##0" if kind == "xlsx" else None), C(item.sources[0] if item.sources else ""),
            ]  # fmt: skip
            tables[-1].append(row)
    title = "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026"
    if kind == "docx":
        document = docx_tools.new(landscape=True)
        docx_tools.title(document, title)
        for n, rows in enumerate(tables):
            if apart:
                docx_tools.para(document, f"Tiêu chuẩn {groups[n][0]}", bold=True)
            docx_tools.table(document, rows, headers=2, size=9)
        data = docx_tools.saved(document)
    elif kind == "xlsx":
        book = xlsx_tools.new("KH")
        xlsx_tools.line(book.active, 1, 1, title, until=9, bold=True)
        xlsx_tools.table(book.active, tables[0], rng.choice([3, 5]), rng.choice([1, 2]))
        data = xlsx_tools.saved(book)
    else:
        widths = ["1.3cm", "1.2cm", "1.3fr", "1.6fr", "2cm", "2cm", "1fr", "2.4cm", "1fr"]
        source = pdf_tools.page(landscape=True, size=9.5, numbered="KH" if rng.random() < 0.5 else "")
        source += pdf_tools.para(title, bold=True, centred=True)
        for n, rows in enumerate(tables):
            if apart:
                source += pdf_tools.para(f"Tiêu chuẩn {groups[n][0]}", bold=True)
            source += pdf_tools.table(rows, widths, headers=2)
        data = pdf_tools.compiled(source)
    shown = ("content", "measures", "time", "responsible", "budget", "sources")
    troubles = f"{unit}{', bare criteria' * bare}{', a table a standard' * apart}"
    return Sample(f"older-{seed}.{kind}", data, _without_numbers(items), shown, troubles=troubles)


def _without_numbers(items: list[Item]) -> list[Item]:
    return [i.but(stt=None) for i in items]
