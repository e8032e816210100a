"""Excel plans of 2025-2026: title rows, blank columns, hidden rows, other sheets, dates and amounts as numbers."""

from __future__ import annotations

import datetime as dt

from . import xlsx_tools as excel
from .common import (
    STANDARDS_2018,
    STANDARDS_PRESCHOOL,
    School,
    by_standard,
    doc_facts,
    numbered,
    with_helpers,
    with_people,
    with_when,
)
from .content_preschool import PRESCHOOL
from .content_primary import PRIMARY
from .content_secondary import SECONDARY
from .grid import C, Row, band, h
from .items import Sample

HOA_BAN = School("Trường Mầm non Hoa Ban", "mam_non", "UBND XÃ PÚ NHI", "Pú Nhi", "Sùng Thị Mỷ")
VINH_AN = School(
    "Trường Tiểu học Vĩnh An Tây", "tieu_hoc", "UBND XÃ VĨNH AN TÂY", "Vĩnh An Tây", "Huỳnh Thị Ngọc Sương"
)
KHE_MAY = School("Trường TH&THCS Khe Mây", "th_thcs", "UBND XÃ KHE MÂY", "Khe Mây", "Nông Văn Chấn")


def hoa_ban() -> Sample:
    """Amounts in thousands, header of two levels, a blank first column and a blank one in the middle, hidden rows."""
    whens = [
        ("T8 - T12/2025", "2025-08", "2025-12"),
        ("Quý IV/2025", "2025-10", "2025-12"),
        ("Cả năm học", "2025-09-05", "2026-05-31"),
        ("HK II", "2026-01-19", "2026-05-31"),
        ("Hằng quý", "2025-09-05", "2026-05-31"),
        ("Tháng 10/2025", "2025-10", "2025-10"),
        ("09 - 05", "2025-09", "2026-05"),
    ]
    amounts: list[tuple[int | None, str]] = [
        (None, ""), (0, ""), (18_500, "Ngân sách"), (7_250, "Phụ huynh tài trợ"), (126_000, "Ngân sách xã"), (1_500, "Chi thường xuyên"),
    ]  # fmt: skip
    people = [("Sùng Thị Mỷ",), ("Giàng Thị Dợ", "Lầu Thị Xua"), ("Vàng A Chứ",), ("Tổ nuôi dưỡng",)]
    helpers = [("Ban đại diện cha mẹ trẻ",), (), ("Trạm y tế xã",), ("Chi đoàn", "Công đoàn")]
    items = numbered(with_helpers(with_people(with_when(PRESCHOOL, whens), people), helpers))
    items = [
        i.but(vnd=a[0] * 1000 if a[0] is not None else None, sources=(a[1],) if a[1] else (), budget=str(a[0]))
        for i, a in ((i, amounts[(i.stt or 0) % len(amounts)]) for i in items)
    ]
    book = excel.new("KH cải tiến 25-26")
    sheet = book.active
    excel.line(sheet, 1, 2, HOA_BAN.parent, until=5)
    excel.line(sheet, 2, 2, HOA_BAN.capital, until=5, bold=True)
    excel.line(sheet, 4, 2, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC NĂM HỌC 2025-2026", until=13, bold=True)
    excel.line(sheet, 5, 2, "(Kèm theo Kế hoạch số 36/KH-MNHB ngày 12/9/2025 của Trường Mầm non Hoa Ban)", until=13)
    rows: list[Row] = [
        [h("TT", 2), h("Tiêu chí", 2), h("Điểm yếu, hạn chế", 2), h("Nội dung công việc", 2), h("", 2), h("Biện pháp thực hiện", 2),
         h("Thời gian thực hiện", 2), h("Thực hiện", colspan=2), h("Kinh phí (nghìn đồng)", colspan=2), h("Sản phẩm, minh chứng", 2)],
        [h("Chủ trì"), h("Phối hợp"), h("Số tiền"), h("Nguồn")],
    ]  # fmt: skip
    hidden: list[int] = []
    for standard, group in by_standard(items).items():
        rows.append(band(f"TIÊU CHUẨN {standard}: {STANDARDS_PRESCHOOL[standard].upper()}", 12))
        for item in group:
            amount = amounts[(item.stt or 0) % len(amounts)]
            rows.append(
                [C(str(item.stt), value=item.stt), C(item.criteria[0]), C(item.weakness), C(item.content), C(""),
                 C(lines=tuple("- " + m for m in item.measures)), C(item.time), C("; ".join(item.responsible)),
                 C(", ".join(item.collaborators)),
                 C("" if amount[0] is None else f"{amount[0]:,}", value=amount[0], number_format="#,##0"), C(amount[1]),
                 C(lines=tuple("- " + e for e in item.evidence))]
            )  # fmt: skip
        if standard in ("1", "3"):  # last year's row, hidden and not deleted
            hidden.append(len(rows))
            rows.append(
                [
                    C("x"),
                    C(f"{standard}.9"),
                    C("Mục đã thực hiện năm học trước"),
                    C("Nội dung cũ không còn thực hiện"),
                    C(""),
                    C("- cũ"),
                    C("2023-2024"),
                    C("Người đã chuyển trường"),
                    C(""),
                    C("99", value=99),
                    C(""),
                    C(""),
                ]
            )
    total = sum(amounts[(i.stt or 0) % len(amounts)][0] or 0 for i in items)
    rows.append(
        [C("TỔNG CỘNG", colspan=9, bold=True), C(f"{total:,}", value=total, number_format="#,##0"), C(""), C("")]
    )
    bottom = excel.table(sheet, rows, 7, 2, widths=(5, 8, 30, 28, 2, 34, 14, 18, 18, 12, 16, 28))
    for index in hidden:
        sheet.row_dimensions[7 + index].hidden = True
    excel.line(sheet, bottom + 1, 10, "Pú Nhi, ngày 12 tháng 9 năm 2025", until=13)
    excel.line(sheet, bottom + 2, 10, "HIỆU TRƯỞNG", until=13, bold=True)
    excel.line(sheet, bottom + 5, 10, HOA_BAN.head, until=13, bold=True)
    other = book.create_sheet("DS giáo viên")
    for r, row in enumerate(
        (
            ("STT", "Họ và tên", "Ngày sinh", "Lớp"),
            (1, "Giàng Thị Dợ", "12/4/1990", "5 tuổi A"),
            (2, "Lầu Thị Xua", "03/9/1988", "4 tuổi B"),
        ),
        1,
    ):
        for c, value in enumerate(row, 1):
            other.cell(r, c, value)
    facts = doc_facts(HOA_BAN, "2025-2026", date="2025-09-12")
    columns = (
        "weakness",
        "content",
        "measures",
        "time",
        "responsible",
        "collaborators",
        "budget",
        "sources",
        "evidence",
    )
    return Sample(
        "mn-hoa-ban-2025-2026.xlsx", excel.saved(book), items, columns, facts,
        troubles="nghìn đồng ở tiêu đề, tiêu đề hai tầng, cột trống, hàng ẩn, băng tiêu chuẩn, tổng cộng, trang tính thứ hai",
    )  # fmt: skip


def vinh_an() -> Sample:
    """Start and end as real dates, amounts as real numbers, owner cells merged over rows."""
    days = [
        (dt.date(2025, 9, 15), dt.date(2025, 11, 30)),
        (dt.date(2025, 10, 1), dt.date(2026, 5, 25)),
        (dt.date(2026, 1, 19), dt.date(2026, 3, 31)),
    ]
    amounts = [0, 12_000_000, 3_450_000, 0, 27_800_000]
    people = [("Huỳnh Thị Ngọc Sương",), ("Trương Văn Bảy (PHT)",), ("Lý Thị Hồng Gấm", "Tổ trưởng các khối")]
    chosen = [PRIMARY[i] for i in (0, 3, 5, 6, 9, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 26)]
    items = numbered(chosen)
    items = [
        i.but(
            time=f"{s:%d/%m/%Y} - {e:%d/%m/%Y}", start=s.isoformat(), end=e.isoformat(), vnd=a, budget=str(a),
            sources=("Ngân sách",) if a else (), responsible=people[(n // 2) % len(people)],
        )
        for n, i in enumerate(items) for (s, e) in [days[n % 3]] for a in [amounts[n % 5]]
    ]  # fmt: skip
    rows: list[Row] = [
        [h("Tiêu chuẩn", 2), h("Tiêu chí", 2), h("Nội dung cải tiến", 2), h("Mục tiêu", 2), h("Giải pháp", 2), h("Thời gian", colspan=2),
         h("Cá nhân/tổ chức thực hiện", 2), h("Dự kiến kinh phí (đồng)", 2), h("Nguồn kinh phí", 2), h("Tiến độ", 2)],
        [h("Bắt đầu"), h("Kết thúc")],
    ]  # fmt: skip
    groups = by_standard(items)
    for standard, group in groups.items():
        for k, item in enumerate(group):
            s, e = days[((item.stt or 1) - 1) % 3]
            amount = amounts[((item.stt or 1) - 1) % 5]
            row: list[C] = [C(standard, rowspan=len(group), centred=True)] if k == 0 else []
            row += [
                C(item.criteria[0].split(".")[1], value=int(item.criteria[0].split(".")[1])), C(item.content), C(item.objective),
                C(lines=tuple(f"{n}. {m}" for n, m in enumerate(item.measures, 1))),
                C(f"{s:%d/%m/%Y}", value=s, number_format="dd/mm/yyyy"), C(f"{e:%d/%m/%Y}", value=e, number_format="dd/mm/yyyy"),
            ]  # fmt: skip
            first_of_owner = ((item.stt or 1) - 1) % 2 == 0
            paired = first_of_owner and k + 1 < len(group)
            if first_of_owner or k == 0:
                row.append(C("; ".join(item.responsible), rowspan=2 if paired else 1))
            row += [
                C(f"{amount:,}", value=amount, number_format='#,##0" đ"'),
                C(item.sources[0] if item.sources else ""),
                C(item.progress),
            ]
            rows.append(row)
    book = excel.new("Kế hoạch")
    sheet = book.active
    excel.line(sheet, 1, 1, VINH_AN.parent, until=4)
    excel.line(sheet, 2, 1, VINH_AN.capital, until=4, bold=True)
    excel.line(sheet, 1, 7, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", until=11, bold=True)
    excel.line(sheet, 2, 7, "Độc lập - Tự do - Hạnh phúc", until=11, bold=True)
    excel.line(sheet, 3, 1, "Số: 58/KH-THVAT", until=4)
    excel.line(sheet, 3, 7, "Vĩnh An Tây, ngày 15 tháng 9 năm 2025", until=11)
    excel.line(sheet, 5, 1, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025 – 2026", until=11, bold=True)
    bottom = excel.table(sheet, rows, 7, widths=(8, 8, 34, 26, 36, 12, 12, 22, 14, 14, 20))
    excel.line(sheet, bottom + 1, 8, "HIỆU TRƯỞNG", until=11, bold=True)
    excel.line(sheet, bottom + 4, 8, VINH_AN.head, until=11, bold=True)
    facts = doc_facts(VINH_AN, "2025-2026", number="58/KH-THVAT", date="2025-09-15")
    columns = ("content", "objective", "measures", "time", "responsible", "budget", "sources", "progress")
    return Sample(
        "th-vinh-an-tay-2025-2026.xlsx", excel.saved(book), [i.but(stt=None) for i in items], columns, facts,
        troubles="ngày thật, số tiền thật, tiêu chuẩn và người phụ trách gộp ô, tiêu chí chỉ ghi số thứ tự",
    )  # fmt: skip


def khe_may() -> Sample:
    """A school of two levels; the plan stands on the second sheet; amounts in millions with a decimal comma."""
    whens = [
        ("09/2025 - 12/2025", "2025-09", "2025-12"), ("Tháng 9 đến tháng 1", "2025-09", "2026-01"), ("Trước 20/11/2025", None, "2025-11-20"),
        ("Học kỳ II", "2026-01-19", "2026-05-31"), ("Thường xuyên", None, None), ("Tháng 3/2026", "2026-03", "2026-03"),
    ]  # fmt: skip
    amounts: list[tuple[str, int | None]] = [
        ("12,5", 12_500_000),
        ("0", 0),
        ("", None),
        ("150", 150_000_000),
        ("3,75", 3_750_000),
    ]
    people = [("Nông Văn Chấn",), ("Hoàng Thị Sen; Ma Văn Tiến",), ("Tổ Tiểu học",), ("Lộc Thị Nga (Tổng phụ trách)",)]
    chosen = [SECONDARY[i] for i in (0, 1, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 16, 17)]
    items = numbered(with_people(with_when(chosen, whens), people))
    items = [
        i.but(
            responsible=tuple(x.strip() for p in i.responsible for x in p.split(";")),
            vnd=amounts[n % 5][1],
            budget=amounts[n % 5][0],
        )
        for n, i in enumerate(items)
    ]
    rows: list[Row] = [
        [h("Số TT"), h("Tiêu chí cần cải tiến"), h("Tồn tại"), h("Nguyên nhân"), h("Việc cần làm"), h("Kết quả cần đạt"),
         h("Thời hạn"), h("Người thực hiện"), h("Kinh phí (triệu đồng)"), h("Đánh giá tiến độ")]
    ]  # fmt: skip
    for standard, group in by_standard(items).items():
        rows.append(band(f"Tiêu chuẩn {standard}. {STANDARDS_2018[standard]}", 10))
        for item in group:
            rows.append(
                [C(str(item.stt)), C("Tiêu chí " + " và ".join(item.criteria)), C(item.weakness), C(item.cause), C(item.content),
                 C("; ".join(item.indicators)), C(item.time), C("; ".join(item.responsible)), C(item.budget), C(item.progress)]
            )  # fmt: skip
    book = excel.new("Bìa")
    excel.line(book.active, 3, 2, "TRƯỜNG TH&THCS KHE MÂY", bold=True)
    excel.line(book.active, 5, 2, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", bold=True)
    excel.line(book.active, 6, 2, "Năm học 2025-2026")
    sheet = book.create_sheet("Nội dung")
    excel.line(sheet, 1, 1, "NỘI DUNG KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", until=10, bold=True)
    bottom = excel.table(sheet, rows, 3, widths=(7, 12, 32, 28, 30, 26, 16, 20, 12, 16))
    excel.line(sheet, bottom + 1, 7, "Khe Mây, ngày 03 tháng 10 năm 2025", until=10)
    excel.line(sheet, bottom + 2, 7, "HIỆU TRƯỞNG", until=10, bold=True)
    excel.line(sheet, bottom + 5, 7, KHE_MAY.head, until=10, bold=True)
    facts = doc_facts(KHE_MAY, "2025-2026", date="2025-10-03")
    columns = ("weakness", "cause", "content", "indicators", "time", "responsible", "budget", "progress")
    return Sample(
        "th-thcs-khe-may-2025-2026.xlsx", excel.saved(book), items, columns, facts,
        troubles="trang bìa riêng, triệu đồng với dấu phẩy thập phân, băng tiêu chuẩn, tên cột lạ (Tồn tại, Việc cần làm, Thời hạn)",
    )  # fmt: skip
