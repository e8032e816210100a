"""PDF plans of 2025-2026, and the text that falls out of one."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from . import pdf_tools as pdf
from .common import (
    NATION,
    STANDARDS_2018,
    STANDARDS_PRESCHOOL,
    School,
    by_standard,
    doc_facts,
    numbered,
    with_helpers,
    with_money,
    with_people,
    with_when,
)
from .content_preschool import PRESCHOOL
from .content_primary import PRIMARY
from .content_secondary import SECONDARY
from .grid import C, Row, band, dashes, h
from .items import Item, Sample

PHU_LUONG = School(
    "Trường THCS Phú Lương Thượng", "thcs", "UBND XÃ PHÚ LƯƠNG THƯỢNG", "Phú Lương Thượng", "Tạ Đình Khôi"
)
SAO_MAI = School("Trường Mầm non Sao Mai Xanh", "mam_non", "UBND PHƯỜNG ĐÔNG HẢI", "Đông Hải", "Trần Thị Vân Khánh")
THOI_AN = School("Trường THCS Thới An Đông", "thcs", "UBND PHƯỜNG THỚI AN", "Thới An", "Quách Minh Triết")
BINH_KHE = School("Trường THPT Bình Khê", "thpt", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Bình Khê", "Lương Thế Hoàn")
DONG_VANG = School("Trường Tiểu học Đồng Vàng", "tieu_hoc", "UBND XÃ ĐỒNG VÀNG", "Đồng Vàng", "Bế Thị Hồng Thắm")
NAM_HAI = School("Trường THPT Nam Hải", "thpt", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Nam Hải", "Đoàn Văn Kính")
AN_KHE = School("Trường Tiểu học An Khê Bắc", "tieu_hoc", "UBND XÃ AN KHÊ BẮC", "An Khê Bắc", "Rơ Châm H'Lan")

MONEY = [
    ("Không", 0, ("Không",)),
    ("15.000.000", 15_000_000, ("Ngân sách",)),
    ("2.750.000", 2_750_000, ("Chi thường xuyên",)),
    ("Chưa xác định", None, ("Xã hội hóa",)),
    ("64.500.000", 64_500_000, ("UBND xã",)),
]


def phu_luong() -> Sample:
    """Landscape; standards and criteria as bands over the full width; (1)(2)(3); totals; rows cut by the page's end."""
    whens = [
        ("Tháng 9/2025 – 10/2025", "2025-09", "2025-10"), ("10– 01", "2025-10", "2026-01"), ("HK I", "2025-09-05", "2026-01-17"),
        ("Trước 15/10/2025", None, "2025-10-15"), ("Cả năm học", "2025-09-05", "2026-05-31"), ("Tháng 02/2026", "2026-02", "2026-02"),
    ]  # fmt: skip
    people = [("Tạ Đình Khôi",), ("Ninh Thị Thu Hà", "Tổ KHTN"), ("Vi Văn Thắng; TTCM",), ("Lưu Thị Gấm",)]
    items = numbered(with_money(with_people(with_when(SECONDARY, whens), people), MONEY))
    items = [
        i.but(
            responsible=tuple(x.strip() for p in i.responsible for x in p.split(";")),
            sources=() if i.sources == ("Không",) else i.sources,
        )
        for i in items
    ]
    rows: list[Row] = [
        [h("TT"), h("Điểm yếu"), h("Nội dung cải tiến"), h("Biện pháp thực hiện"), h("Thời gian thực hiện"), h("Người chịu trách nhiệm"),
         h("Kinh phí dự kiến (đồng)"), h("Nguồn kinh phí"), h("Minh chứng dự kiến")],
        [h(f"({i})") for i in range(1, 10)],
    ]  # fmt: skip
    total = 0
    for standard, group in by_standard(items).items():
        rows.append(band(f"TIÊU CHUẨN {standard}: {STANDARDS_2018[standard].upper()}", 9))
        for item in group:
            shown = MONEY[((item.stt or 1) - 1) % len(MONEY)]
            total += item.vnd or 0
            label = "Tiêu chí " + ", ".join(item.criteria)
            rows.append(band(label, 9))
            rows.append(
                [C(str(item.stt), centred=True), C(item.weakness), C(item.content), dashes(item.measures), C(item.time),
                 C("; ".join(item.responsible)), C(shown[0]), C(shown[2][0]), dashes(item.evidence)]
            )  # fmt: skip
    rows.append([C("Tổng cộng", colspan=6, bold=True), C(f"{total:,}".replace(",", ".")), C(""), C("")])
    source = pdf.page(landscape=True, size=11)
    source += _head(PHU_LUONG, "Số: 74/KH-THCSPLT", "Phú Lương Thượng, ngày 25 tháng 9 năm 2025")
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC", bold=True, centred=True) + pdf.para(
        "NĂM HỌC 2025-2026", bold=True, centred=True
    )
    source += pdf.para("Căn cứ Thông tư số 18/2018/TT-BGDĐT ngày 22/8/2018 của Bộ Giáo dục và Đào tạo;", italic=True)
    source += pdf.para("Căn cứ Báo cáo tự đánh giá năm học 2024-2025;", italic=True)
    source += pdf.para("I. MỤC ĐÍCH, YÊU CẦU", bold=True) + pdf.para("- Khắc phục điểm yếu, giữ vững kết quả đã đạt.")
    source += pdf.para("II. NỘI DUNG", bold=True)
    source += pdf.table(rows, ["0.9cm", "4.2cm", "3.6cm", "5.2cm", "2.2cm", "2.4cm", "2.4cm", "2cm", "1fr"], headers=2)
    source += (
        pdf.para("III. TỔ CHỨC THỰC HIỆN", bold=True)
        + pdf.para("1. Hiệu trưởng chỉ đạo chung.")
        + pdf.para("2. Các tổ chuyên môn thực hiện.")
    )
    source += _foot(PHU_LUONG)
    facts = doc_facts(
        PHU_LUONG,
        "2025-2026",
        number="74/KH-THCSPLT",
        date="2025-09-25",
        legal_numbers=["18/2018/TT-BGDĐT"],
        recipients=3,
    )
    columns = ("weakness", "content", "measures", "time", "responsible", "budget", "sources", "evidence")
    return Sample(
        "thcs-phu-luong-thuong-2025-2026.pdf",
        pdf.compiled(source),
        items,
        columns,
        facts,
        troubles="băng tiêu chuẩn và tiêu chí, (1)(2)(3), tiêu đề lặp, dòng vắt trang, tổng cộng",
    )


def sao_mai() -> Sample:
    """Portrait, 7 point, ten narrow columns: words broken into many lines."""
    whens = [
        ("08 - 12", "2025-08", "2025-12"),
        ("09 - 05", "2025-09", "2026-05"),
        ("Quý I/2026", "2026-01", "2026-03"),
        ("Cuối HK I", None, "2026-01-17"),
        ("T10-T11/2025", "2025-10", "2025-11"),
    ]
    people = [("Trần Thị Vân Khánh",), ("Bùi Thị Lệ Quyên", "Phan Thị Nết"), ("Tổ 5 tuổi",), ("Đoàn Thị Yến Nhi",)]
    helpers = [("Công đoàn",), ("Ban đại diện CMT",), (), ("Trạm y tế phường", "Bếp ăn")]
    items = numbered(with_money(with_helpers(with_people(with_when(PRESCHOOL, whens), people), helpers), MONEY))
    items = [i.but(sources=()) for i in items]
    rows: list[Row] = [
        [h("TT", 2), h("Tiêu chí", 2), h("Điểm yếu", 2), h("Công việc cần làm", 2), h("Biện pháp", 2), h("Thời gian", 2),
         h("Phân công", colspan=2), h("Kinh phí", 2), h("Minh chứng", 2)],
        [h("Phụ trách"), h("Phối hợp")],
    ]  # fmt: skip
    for standard, group in by_standard(items).items():
        rows.append(band(f"Tiêu chuẩn {standard}. {STANDARDS_PRESCHOOL[standard]}", 10))
        rows += [
            [C(str(i.stt)), C(i.criteria[0]), C(i.weakness), C(i.content), dashes(i.measures), C(i.time), C("; ".join(i.responsible)),
             C(", ".join(i.collaborators)), C(i.budget), dashes(i.evidence)]
            for i in group
        ]  # fmt: skip
    source = pdf.page(size=7, margin="1.2cm")
    source += _head(SAO_MAI, "Số: 19/KH-MNSMX", "Đông Hải, ngày 10 tháng 9 năm 2025")
    source += pdf.para("KẾ HOẠCH", bold=True, centred=True) + pdf.para(
        "Cải tiến chất lượng năm học 2025-2026", bold=True, centred=True
    )
    source += pdf.table(
        rows,
        ["0.6cm", "0.9cm", "3cm", "2.4cm", "3.4cm", "1.3cm", "1.7cm", "1.5cm", "1.5cm", "1fr"],
        headers=2,
        stroke="0.3pt",
        inset="2pt",
    )
    source += _foot(SAO_MAI)
    facts = doc_facts(SAO_MAI, "2025-2026", number="19/KH-MNSMX", date="2025-09-10", recipients=3)
    columns = ("weakness", "content", "measures", "time", "responsible", "collaborators", "budget", "evidence")
    return Sample(
        "mn-sao-mai-xanh-2025-2026.pdf",
        pdf.compiled(source),
        items,
        columns,
        facts,
        troubles="trang dọc chữ 7 điểm, cột hẹp, chữ ngắt nhiều dòng, tiêu đề hai tầng",
    )


def thoi_an() -> Sample:
    """A landscape table on portrait pages with /Rotate, as some printers of Word make it."""
    items, rows, widths = _short(
        SECONDARY[3:15], [("Quách Minh Triết",), ("Đinh Lê Bảo Trân",), ("Tổ Ngữ văn", "Tổ Toán")]
    )
    source = pdf.page(landscape=True, size=10.5)
    source += _head(THOI_AN, "Số: 140/KH-THCSTAĐ", "Thới An, ngày 01 tháng 10 năm 2025")
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", bold=True, centred=True)
    source += pdf.table(rows, widths) + _foot(THOI_AN)
    facts = doc_facts(THOI_AN, "2025-2026", number="140/KH-THCSTAĐ", date="2025-10-01", recipients=3)
    return Sample(
        "thcs-thoi-an-dong-2025-2026.pdf",
        pdf.turned(pdf.compiled(source)),
        items,
        _SHORT,
        facts,
        troubles="trang dọc có /Rotate, nội dung nằm ngang",
    )


def binh_khe() -> Sample:
    """No rule between the rows: only columns are ruled."""
    items, rows, widths = _short(SECONDARY[:12], [("Lương Thế Hoàn",), ("Cù Thị Minh Ngọc",), ("Tổ Văn phòng",)])
    source = pdf.page(landscape=True, size=10.5)
    source += _head(BINH_KHE, "Số: 201/KH-THPTBK", "Bình Khê, ngày 18 tháng 9 năm 2025")
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", bold=True, centred=True)
    only_columns = "(x, y) => if y == 0 { 0.5pt } else { (left: 0.5pt, right: 0.5pt) }"
    source += (
        pdf.table(rows, widths, stroke=only_columns, breakable=False, inset="5pt")
        + "#line(length: 100%, stroke: 0.5pt)\n"
        + _foot(BINH_KHE)
    )
    facts = doc_facts(BINH_KHE, "2025-2026", number="201/KH-THPTBK", date="2025-09-18", recipients=3)
    return Sample(
        "thpt-binh-khe-2025-2026.pdf",
        pdf.compiled(source),
        items,
        _SHORT,
        facts,
        troubles="không kẻ ngang giữa các dòng",
    )


def an_khe() -> Sample:
    """Borders are thin filled boxes; letters lost, as from a bad font."""
    items, rows, widths = _short(
        [_lost(PRIMARY[i]) for i in (0, 3, 9, 11, 13, 19, 20, 22, 23, 24, 26)],
        [("Rơ Châm H'Lan",), ("Ksor Y Thảo",), ("Đỗ Thị Mẫn", "GVCN")],
    )
    source = pdf.page(landscape=True, size=10.5)
    source += _head(AN_KHE, "Số: 63/KH-THAKB", "An Khê Bắc, ngày 22 tháng 9 năm 2025")
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", bold=True, centred=True)
    source += pdf.table(rows, widths) + _foot(AN_KHE)
    facts = doc_facts(AN_KHE, "2025-2026", number="63/KH-THAKB", date="2025-09-22", recipients=3)
    return Sample(
        "th-an-khe-bac-2025-2026.pdf",
        pdf.boxed(pdf.compiled(source)),
        items,
        _SHORT,
        facts,
        troubles="đường kẻ là hình chữ nhật tô đen, chữ bị mất (cha m  học sinh)",
    )


def dong_vang() -> Sample:
    """The text that falls out of a PDF: cells wrapped, a blank line between cells, pages cutting rows."""
    whens = [
        ("08 – 11", "2025-08", "2025-11"),
        ("09 - 12", "2025-09", "2025-12"),
        ("10– 01", "2025-10", "2026-01"),
        ("09 – 05", "2025-09", "2026-05"),
    ]
    people = [("Bế Thị Hồng Thắm",), ("Hà Văn Luyện", "Nông Thị Kiều"), ("Lục Văn Tài",)]
    chosen = [PRIMARY[i] for i in (0, 1, 2, 3, 5, 6, 9, 10, 11, 13, 19, 20, 22, 23, 24, 26)]
    items = numbered(with_people(with_when([_lost(i) for i in chosen], whens), people))
    widths = (7, 6, 4, 30, 10, 14, 14, 24, 18)
    head = (
        "Tiêu chuẩn",
        "Tiêu chí",
        "TT",
        "Nội dung kế hoạch",
        "Thời gian dự kiến",
        "Người chịu trách nhiệm",
        "Tiến độ thực hiện",
        "Kết quả",
        "Ghi chú",
    )
    blocks = [*_wrapped(head, widths)]
    last = ""
    for item in items:
        standard = item.criteria[0].split(".")[0]
        cells = (
            "" if standard == last else standard,
            item.criteria[0],
            str(item.stt),
            item.content,
            item.time,
            "; ".join(item.responsible),
            item.progress,
            item.result,
            item.note,
        )
        last = standard
        blocks += _wrapped(cells, widths)
    pages: list[str] = []
    lines: list[str] = []
    for block in blocks:
        lines += [*block, ""]
        if len(lines) > 46:
            pages.append("\n".join(lines))
            lines = []
    pages.append("\n".join(lines))
    text = (
        "TRƯỜNG TIỂU HỌC ĐỒNG VÀNG \n\nKẾ HOẠCH\nCẢI TIẾN CHẤT LƯỢNG GIÁO DỤC SAU TỰ ĐÁNH GIÁ\n\nNĂM HỌC 2025- 2026\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Xây dựng kế hoạch cải tiến chất lượng để thực hiện trong năm \n\nhọc 2025-2026, khắc phục điểm yếu.\n\n"
        "II. CĂN CỨ XÂY DỰNG KẾ HOẠCH\nCăn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22/08/2018 của Bộ GD&ĐT;\n\n"
        "- Mức 1: Tổng số 27 tiêu chí, trong đó số tiêu chí đạt 27/27, tỉ lệ 100%; tiêu chí không đạt: 0\n- Tự đánh giá đạt mức 1\n"
        "III. NỘI DUNG KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC\n\n" + "\n\n\n".join(pages)
        + "\n\nIV. TỔ CHỨC THỰC HIỆN\n1. Hiệu trưởng\n- Chỉ đạo chung.\n2. Tổ chuyên môn\n- Thực hiện, lưu minh chứng.\n\n"
        "Nơi nhận:\n-  Hội đồng TĐG;\n-  Lưu: VT.\n\nHIỆU TRƯỞNG\n\nBế Thị Hồng Thắm\n"
    )  # fmt: skip
    facts = doc_facts(
        DONG_VANG,
        "2025-2026",
        level_reached=1,
        prior_results=[[1, 27, 27]],
        recipients=2,
        legal_numbers=["17/2018/TT-BGDĐT"],
    )
    columns = ("content", "time", "responsible", "progress", "result", "note")
    return Sample(
        "th-dong-vang-2025-2026.txt",
        text.encode("utf-8"),
        items,
        columns,
        facts,
        troubles="chữ rơi ra từ PDF: ô ngắt dòng, trang cắt dòng, chữ bị mất",
    )


def nam_hai() -> Sample:
    """Standards as merged cells with roman numbers, criteria as bare numbers, owners merged; running heads, page numbers."""
    whens = [
        ("Từ tháng 9 đến tháng 12/2025", "2025-09", "2025-12"),
        ("Đợt 1: 10/2025; đợt 2: 3/2026", "2025-10", "2026-03"),
        ("HKII", "2026-01-19", "2026-05-31"),
        ("Cuối năm học", None, "2026-05-31"),
        ("Hàng tháng", "2025-09-05", "2026-05-31"),
    ]
    items = numbered(with_money(with_when(SECONDARY, whens), MONEY))
    items = [i.but(sources=() if i.sources == ("Không",) else i.sources, stt=None) for i in items]
    owners = [("Hiệu trưởng",), ("Phó Hiệu trưởng", "Tổ trưởng chuyên môn"), ("Kế toán", "Bảo vệ")]
    items = [i.but(responsible=owners[(n // 2) % 3]) for n, i in enumerate(items)]
    rows: list[Row] = [
        [h("Tiêu chuẩn"), h("Tiêu chí"), h("Điểm yếu"), h("Nội dung công việc"), h("Thời điểm thực hiện"), h("Cá nhân/ tổ chức thực hiện"),
         h("Biện pháp thực hiện"), h("Dự kiến kinh phí"), h("Dự kiến nguồn kinh phí")]
    ]  # fmt: skip
    n = 0
    for standard, group in by_standard(items).items():
        roman = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}[standard]
        for k, item in enumerate(group):
            shown = MONEY[n % len(MONEY)]
            row: list[C] = [C(roman, rowspan=len(group), centred=True, bold=True)] if k == 0 else []
            row += [
                C(",".join(c.split(".")[1] for c in item.criteria)),
                C(item.weakness),
                C(item.content),
                C(item.time),
            ]
            joined = n % 2 == 0 and k + 1 < len(group)
            if n % 2 == 0 or k == 0:
                row.append(C(", ".join(item.responsible), rowspan=2 if joined else 1))
            row += [dashes(item.measures), C(shown[0]), C(shown[2][0])]
            rows.append(row)
            n += 1
    source = pdf.page(landscape=True, size=11, numbered="Kế hoạch cải tiến chất lượng - THPT Nam Hải")
    source += _head(NAM_HAI, "Số: 188/KH-THPTNH", "Nam Hải, ngày 16 tháng 9 năm 2025")
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", bold=True, centred=True) + pdf.para(
        "NĂM HỌC 2025-2026", bold=True, centred=True
    )
    source += pdf.para("(Ban hành kèm theo Quyết định số 187/QĐ-THPTNH ngày 15/9/2025)", italic=True, centred=True)
    widths = ["1.4cm", "1.2cm", "5cm", "3.6cm", "2.2cm", "2.8cm", "5cm", "2.3cm", "1fr"]
    source += pdf.table(rows, widths) + _foot(NAM_HAI)
    facts = doc_facts(NAM_HAI, "2025-2026", number="188/KH-THPTNH", date="2025-09-16", recipients=3)
    columns = ("weakness", "content", "time", "responsible", "measures", "budget", "sources")
    return Sample(
        "thpt-nam-hai-2025-2026.pdf", pdf.compiled(source), items, columns, facts,
        troubles="tiêu chuẩn số La Mã gộp ô qua nhiều trang, tiêu chí chỉ ghi số, người phụ trách gộp ô, đầu trang và số trang",
    )  # fmt: skip


_SHORT = ("weakness", "measures", "time", "responsible", "evidence", "progress")


def _short(base: Sequence[Item], people: Sequence[tuple[str, ...]]) -> tuple[list[Item], list[Row], list[str]]:
    """A plain table of eight columns with unusual words in its header."""
    whens = [
        ("Tháng 9 - tháng 11", "2025-09", "2025-11"),
        ("15/10/2025 - 28/02/2026", "2025-10-15", "2026-02-28"),
        ("HK II", "2026-01-19", "2026-05-31"),
        ("Hết tháng 12/2025", None, "2025-12"),
    ]
    items = numbered(with_people(with_when(base, whens), people))
    rows: list[Row] = [
        [
            h(x)
            for x in (
                "STT",
                "Mã tiêu chí",
                "Hạn chế",
                "Giải pháp khắc phục",
                "Thời gian hoàn thành",
                "Cá nhân, bộ phận phụ trách",
                "Sản phẩm",
                "Tình trạng",
            )
        ]
    ]
    rows += [
        [
            C(str(i.stt)),
            C(", ".join(i.criteria)),
            C(i.weakness),
            dashes(i.measures),
            C(i.time),
            C("; ".join(i.responsible)),
            dashes(i.evidence),
            C(i.progress),
        ]
        for i in items
    ]
    return items, rows, ["1cm", "1.6cm", "5.5cm", "6.5cm", "2.6cm", "3cm", "3.6cm", "1fr"]


def _lost(item: Item) -> Item:
    """Letters that a bad font loses: "cha mẹ" is printed "cha m "."""

    def lose(text: str) -> str:
        return text.replace("mẹ", "m ").replace("hẹp", "h p")

    return item.but(
        content=lose(item.content), weakness=lose(item.weakness), result=lose(item.result), note=lose(item.note),
        measures=tuple(map(lose, item.measures)), evidence=tuple(map(lose, item.evidence)),
    )  # fmt: skip


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The lines of each cell, in the order in which a PDF gives them up."""
    return [[line + " " for line in textwrap.wrap(c, w)] for c, w in zip(cells, widths, strict=True) if c]


def _head(school: School, number: str, dated: str) -> str:
    return pdf.two((school.parent, school.capital, number), (*NATION, dated))


def _foot(school: School) -> str:
    return pdf.two(
        ("Nơi nhận:", "- Cơ quan quản lý trực tiếp;", "- Các tổ;", "- Lưu: VT."), (school.role, "", "", school.head)
    )
