"""Word plans of 2025-2026 after the circulars of 2018: rows printed twice, tables by standard, automatic bullets."""

from __future__ import annotations

import unicodedata

from . import docx_tools as word
from .common import (
    NATION,
    STANDARDS_2018,
    School,
    by_standard,
    doc_facts,
    numbered,
    with_helpers,
    with_money,
    with_people,
    with_when,
)
from .content_primary import PRIMARY, PRIMARY_LEVEL_4
from .content_secondary import SECONDARY
from .grid import C, Row, dashes, h
from .items import Item, Sample

SUOI_LIM = School("Trường Tiểu học Suối Lim", "tieu_hoc", "UBND XÃ MƯỜNG TRE", "Mường Tre", "Lường Thị Mai Hiên")
HUNG_THINH = School("Trường THCS Hưng Thịnh", "thcs", "UBND PHƯỜNG AN PHÚ TÂY", "An Phú Tây", "Đặng Hữu Phước")
DONG_GIANG = School("Trường THPT Đồng Giang", "thpt", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Đồng Giang", "Phan Thanh Nghị")


def suoi_lim() -> Sample:
    """Every row twice, the second a stale one of the year before; sections I, II, III, then VI."""
    whens = [
        ("Tháng 6 đến tháng 9 hằng năm.", "2025-06", "2025-09"),
        ("08 – 11", "2025-08", "2025-11"),
        ("09 - 12", "2025-09", "2025-12"),
        ("Từ tháng 9 đến tháng 12 hằng năm.", "2025-09", "2025-12"),
        ("10– 01", "2025-10", "2026-01"),
        ("08 – 12", "2025-08", "2025-12"),
        ("09/2025 – 06/2026", "2025-09", "2026-06"),
        ("08 – 06", "2025-08", "2026-06"),
        ("Trước 15/10/2025", None, "2025-10-15"),
    ]
    people = [
        ("Lường Thị Mai Hiên", "Cầm Văn Quyết"),
        ("Tòng Thị Hạ",),
        ("Quàng Văn Đức", "Vì Thị Loan"),
        ("Hoàng Thu Trang",),
        ("Bạc Thị Nhung", "Đinh Công Sáng"),
        ("Cầm Văn Quyết",),
    ]
    items = numbered(with_people(with_when([*PRIMARY, *PRIMARY_LEVEL_4], whens), people))
    items[4] = items[4].but(time="Cuối học kỳ I", start=None, end="2026-01-17")
    items[8] = items[8].but(progress="Đang thực hiện", time="Hết tháng 10/2025", start=None, end="2025-10")
    # what the checks must find: no owner, no time, no progress, a criterion that does not exist, a date of last year
    items[11] = items[11].but(responsible=())
    items[15] = items[15].but(time="", start=None, end=None)
    items[5] = items[5].but(progress="")
    items[21] = items[21].but(criteria=("4.3",))
    items[13] = items[13].but(time="09/2024 – 05/2025", start="2024-09", end="2025-05")
    rows: list[Row] = [
        [h("Tiêu chuẩn"), h("Tiêu chí"), h("TT"), h("Nội dung kế hoạch"), h("Thời gian dự kiến"),
         h("Người chịu trách nhiệm"), h("Tiến độ thực hiện"), h("Kết quả"), h("Ghi chú")]
    ]  # fmt: skip
    pairs: dict[str, list[tuple[Item, Item]]] = {}
    for i, item in enumerate(items):
        key = "ĐG Mức 4" if item.criteria[0].startswith("M4") else item.criteria[0].split(".")[0]
        pairs.setdefault(key, []).append((item, _stale(item, i)))
    for standard, group in pairs.items():
        for j, (item, stale) in enumerate(group):
            label = item.criteria[0].removeprefix("M4.")
            # the secretary pasted last year's row above this year's in two places
            ordered = [(stale, False), (item, True)] if item.stt in (7, 19) else [(item, True), (stale, False)]
            for k, (one, _) in enumerate(ordered):
                row: list[C] = []
                if j == 0 and k == 0:
                    row.append(C(standard, rowspan=2 * len(group), bold=True, centred=True))
                if k == 0:
                    row.append(C(label, rowspan=2, centred=True))
                row += [
                    C(str(one.stt), centred=True),
                    C(_typed(one.content, one.stt or 0)),
                    C(one.time),
                    C(lines=tuple(x + (";" if n < len(one.responsible) - 1 else "") for n, x in enumerate(one.responsible)), soft=True),
                    C(one.progress),
                    C(one.result),
                    C(one.note),
                ]  # fmt: skip
                rows.append(row)

    d = word.new(size=13)
    word.letterhead(
        d,
        (SUOI_LIM.parent, "TRƯỜNG TIỂU HỌC SUỐI LIM", "Số: 47/KH-THSL"),
        (*NATION, "Mường Tre, ngày 08 tháng 9 năm 2025"),
    )
    word.title(d, "KẾ HOẠCH", "CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC SAU TỰ ĐÁNH GIÁ", "NĂM HỌC 2025- 2026")
    word.para(d, "I. MỤC ĐÍCH, YÊU CẦU", bold=True)
    word.para(d, "1. Đưa ra giải pháp phát huy điểm mạnh, khắc phục  điểm yếu, từng bước nâng cao chất lượng giáo dục.")
    word.para(d, "2. Kế hoạch phải cụ thể, khả thi, phù hợp với điều kiện thực tế của nhà trường và địa phương.")
    word.para(
        d,
        "3. Nhà trường được công nhận đạt chuẩn quốc gia mức độ 1 (tháng 5/2023), phấn đấu đạt mức độ 2 trong giai đoạn 2025-2030.",
    )
    word.para(d, "II. CĂN CỨ XÂY DỰNG KẾ HOẠCH", bold=True)
    word.para(d, "1. Báo cáo tự đánh giá năm học 2024-2025 của trường")
    word.para(
        d,
        "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22/08/2018 của Bộ GD&ĐT ban hành Quy định về kiểm định chất lượng giáo dục và công nhận đạt chuẩn quốc gia đối với trường tiểu học;",
        italic=True,
    )
    word.para(
        d,
        "Căn cứ Thông tư số 22/2024/TT-BGDĐT ngày 10 tháng 12 năm 2024 của Bộ GD&ĐT sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Thông tư số 17/2018/TT-BGDĐT;",
        italic=True,
    )
    word.para(
        d,
        "Căn cứ Công văn số 5932/BGDĐT-QLCL ngày 28/12/2018 của Bộ GD&ĐT về việc hướng dẫn tự đánh giá và đánh giá ngoài cơ sở giáo dục phổ thông;",
        italic=True,
    )
    word.para(d, "2. Kết quả thực hiện cải tiến chất lượng đã đạt được trong năm học 2024-2025;")
    word.para(d, "- Tổng số tiêu chuẩn được đánh giá: 05 tiêu chuẩn")
    word.para(d, "- Mức 1: Tổng số 27 tiêu chí, trong đó số tiêu chí đạt 27/27, tỉ lệ 100%; tiêu chí không đạt: 0")
    word.para(
        d,
        "- Mức 2: Tổng số 27 tiêu chí, trong đó số tiêu chí đạt 25/27, tỉ lệ 92,6%; tiêu chí không đạt: 2/27, tỉ lệ 7,4%.",
    )
    word.para(d, "- Mức 3: Tổng số 19 tiêu chí, trong đó số tiêu chí đạt 15/19, tỉ lệ 87%; tiêu chí không đạt: 4/19")
    word.para(d, "- Mức 4: Tổng số 05 tiêu chí, trong đó số tiêu chí đạt 1/5, tỉ lệ 20%; tiêu chí không đạt: 4/5")
    word.para(d, "- Tự đánh giá đạt mức 2")
    word.para(d, "III. NỘI DUNG KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC", bold=True)
    word.table(d, rows, (1.2, 1.2, 0.9, 3.4, 1.8, 2.0, 2.2, 2.6, 2.0), size=9)
    word.para(d, "VI. TỔ CHỨC THỰC HIỆN", bold=True)
    word.para(d, "1. Hiệu trưởng - Chủ tịch Hội đồng tự đánh giá")
    word.para(d, "Chịu trách nhiệm chung; phân công nhiệm vụ cho từng thành viên; phê duyệt kế hoạch.")
    word.para(d, "2. Các thành viên của Hội đồng tự đánh giá")
    word.para(d, "- Thu thập minh chứng, đối chiếu kết quả với mục tiêu đề ra.")
    word.para(d, "- Thực hiện công việc do Chủ tịch hội đồng phân công.")
    word.para(d, "3. Tổ giám sát kế hoạch cải tiến chất lượng")
    word.para(d, "- Giám sát cuối học kỳ I và cuối năm học, báo cáo Hiệu trưởng.")
    word.para(d, "Trên đây là Kế hoạch cải tiến chất lượng giáo dục năm học 2025-2026 của Trường Tiểu học Suối Lim./.")
    word.signature(
        d,
        ("Nơi nhận:", "- UBND xã (b/c);", "- Hội đồng TĐG;", "- CBGVNV trường;", "- Lưu: VT."),
        ("HIỆU TRƯỞNG", "", "", SUOI_LIM.head),
    )
    facts = doc_facts(
        SUOI_LIM, "2025-2026", number="47/KH-THSL", date="2025-09-08", level_reached=2,
        prior_results=[[1, 27, 27], [2, 27, 25], [3, 19, 15], [4, 5, 1]],
        legal_numbers=["17/2018/TT-BGDĐT", "22/2024/TT-BGDĐT", "5932/BGDĐT-QLCL"], recipients=4, purposes=3,
    )  # fmt: skip
    columns = ("content", "time", "responsible", "progress", "result", "note")
    return Sample(
        "th-suoi-lim-2025-2026.docx", word.saved(d), items, columns, facts,
        troubles="mỗi mục in hai lần (dòng cũ năm trước), ô gộp, Mức 4, mục I-II-III-VI, hai khoảng trắng, chữ tổ hợp NFD",
    )  # fmt: skip


def _stale(item: Item, i: int) -> Item:
    """Last year's row: its dates and sometimes its owner."""
    if i % 3 == 0 or item.time.startswith("T") or "/2024" in item.time or not (item.time and item.responsible):
        return item  # pasted without a change
    owner = item.responsible[:1] if i % 4 else ("Lò Thị Ngân",)
    return item.but(time="08/2024 – 11/2024" if i % 2 else "09/2024 – 12/2024", responsible=owner)


def _typed(text: str, stt: int) -> str:
    """As typed: two spaces here, letters in decomposed Unicode there."""
    if stt % 5 == 0:
        return unicodedata.normalize("NFD", text)
    return text.replace(", ", ",  ", 1) if stt % 4 == 0 else text


def hung_thinh() -> Sample:
    """Weakness and cause in one column, Word's own bullets and numbers, two criteria in one cell, NFD."""
    whens = [
        ("15/10/2025", None, "2025-10-15"),
        ("Hết tháng 12/2025", None, "2025-12"),
        ("Trước ngày 31/3/2026", None, "2026-03-31"),
        ("Cuối HK I", None, "2026-01-17"),
        ("Cuối năm học", None, "2026-05-31"),
        ("Hằng tháng", "2025-09-05", "2026-05-31"),
        ("Tuần 2 tháng 10/2025", "2025-10", "2025-10"),
        ("30.4.2026", None, "2026-04-30"),
    ]
    money = [
        ("18,5 triệu đồng từ nguồn chi thường xuyên", 18_500_000, ("chi thường xuyên",)),
        ("Không cần kinh phí", 0, ()),
        ("40.000.000 đồng (ngân sách 25.000.000; XHH 15.000.000)", 40_000_000, ("ngân sách", "XHH")),
        ("1,2 tỷ đồng (vốn đầu tư công)", 1_200_000_000, ("vốn đầu tư công",)),
        ("Chưa xác định", None, ()),
        ("Phòng họp, máy chiếu; 2.400.000 đ chi nước uống", 2_400_000, ()),
    ]
    people = [
        ("Đặng Hữu Phước (Hiệu trưởng)",),
        ("Ngô Thị Bích Thủy (Phó Hiệu trưởng)", "Trịnh Quốc Dũng (TTCM Toán - Tin)"),
        ("Lưu Minh Khoa (kế toán)",),
        ("Cao Thị Ánh Tuyết (TPT Đội)", "GVCN các lớp"),
    ]
    helpers = [("Công đoàn trường",), ("Ban đại diện CMHS", "Công an phường An Phú Tây"), (), ("Đoàn Thanh niên",)]
    chosen = [SECONDARY[i] for i in (0, 2, 3, 5, 6, 8, 9, 10, 12, 14, 15, 17)]
    items = numbered(with_money(with_helpers(with_people(with_when(chosen, whens), people), helpers), money))
    items = [i.but(weakness=f"{i.weakness} Nguyên nhân: {i.cause}", resources=i.budget, cause="") for i in items]
    items[9] = items[9].but(criteria=("5.2", "5.6"))
    rows: list[Row] = [
        [h("STT"), h("Tiêu chí"), h("Hạn chế, nguyên nhân"), h("Giải pháp khắc phục"), h("Người phụ trách"),
         h("Hạn hoàn thành"), h("Nguồn lực"), h("Minh chứng / sản phẩm cần có")]
    ]  # fmt: skip
    for item in items:
        label = " và ".join(item.criteria) if item.stt == 6 else ", ".join(item.criteria)
        owner = ["; ".join(item.responsible)]
        if item.collaborators:
            owner.append("Phối hợp: " + ", ".join(item.collaborators))
        bullets = "number" if item.stt in (3, 8) else "bullet"
        weakness = item.weakness
        if item.stt in (2, 7):
            weakness = unicodedata.normalize("NFD", weakness)
        rows.append(
            [C(str(item.stt)), C(label), C(weakness), C(lines=item.measures, bullets=bullets), C(lines=tuple(owner)),
             C(item.time), C(item.resources), C(lines=tuple("+ " + e for e in item.evidence))]
        )  # fmt: skip
    d = word.new(landscape=True, size=13)
    word.letterhead(
        d,
        (HUNG_THINH.parent, "TRƯỜNG THCS HƯNG THỊNH", "Số: 112/KH-THCSHT"),
        (*NATION, "An Phú Tây, ngày 20 tháng 9 năm 2025"),
    )
    word.title(d, "KẾ HOẠCH", "Cải tiến chất lượng năm học 2025-2026")
    word.para(
        d,
        "Căn cứ Thông tư số 18/2018/TT-BGDĐT ngày 22 tháng 8 năm 2018 của Bộ trưởng Bộ Giáo dục và Đào tạo ban hành Quy định về kiểm định chất lượng giáo dục và công nhận đạt chuẩn quốc gia đối với trường trung học cơ sở, trường trung học phổ thông và trường phổ thông có nhiều cấp học;",
        italic=True,
    )
    word.para(
        d,
        "Căn cứ kết quả tự đánh giá năm học 2024-2025, Trường THCS Hưng Thịnh xây dựng kế hoạch cải tiến chất lượng như sau:",
        italic=True,
    )
    word.para(d, "I. MỤC TIÊU", bold=True)
    word.para(d, "Khắc phục các hạn chế đã nêu trong báo cáo tự đánh giá; giữ vững Mức 2.", style="List Bullet")
    word.para(d, "Chuẩn bị điều kiện chuyển sang khung tiêu chuẩn mới.", style="List Bullet")
    word.para(d, "II. NỘI DUNG CẢI TIẾN", bold=True)
    word.table(d, rows, (1.0, 1.6, 5.2, 5.6, 3.6, 2.4, 3.2, 3.4), size=10)
    word.para(d, "III. TỔ CHỨC THỰC HIỆN", bold=True)
    word.para(d, "1. Hiệu trưởng: chỉ đạo chung, phê duyệt kinh phí.")
    word.para(d, "2. Tổ chuyên môn: thực hiện, lưu minh chứng.")
    word.signature(
        d, ("Nơi nhận:", "- UBND phường;", "- Các tổ;", "- Lưu: VT."), ("HIỆU TRƯỞNG", "(Đã ký)", "", HUNG_THINH.head)
    )
    facts = doc_facts(
        HUNG_THINH,
        "2025-2026",
        number="112/KH-THCSHT",
        date="2025-09-20",
        legal_numbers=["18/2018/TT-BGDĐT"],
        recipients=3,
    )
    columns = ("weakness", "measures", "responsible", "collaborators", "time", "resources", "evidence")
    return Sample(
        "thcs-hung-thinh-2025-2026.docx", word.saved(d), items, columns, facts,
        troubles="tên cột khác, dấu đầu dòng và số tự động của Word, hai tiêu chí một ô, Phối hợp trong ô người phụ trách, NFD",
    )  # fmt: skip


def dong_giang() -> Sample:
    """One table a standard with a two-level header; the criterion cell is merged; a totals row closes each table."""
    whens = [
        ("HK I", "2025-09-05", "2026-01-17"),
        ("HK II", "2026-01-19", "2026-05-31"),
        ("Cả năm học", "2025-09-05", "2026-05-31"),
        ("Quý IV/2025", "2025-10", "2025-12"),
        ("T9-T11/2025", "2025-09", "2025-11"),
        ("01/4/2026 - 30/5/2026", "2026-04-01", "2026-05-30"),
        ("Năm 2026", "2026-01", "2026-12"),
        ("Thường xuyên", None, None),
        ("HK I, HK II", "2025-09-05", "2026-05-31"),
    ]
    money = [
        ("0", 0, ("-",)),
        ("12,5 triệu", 12_500_000, ("Ngân sách chi thường xuyên",)),
        ("96.750.000", 96_750_000, ("Ngân sách",)),
        ("Không", 0, ("Không",)),
        ("1,85 tỷ", 1_850_000_000, ("Vốn đầu tư công",)),
        ("7.200.000đ", 7_200_000, ("Quỹ Hội khuyến học",)),
    ]
    people = [("Phan Thanh Nghị",), ("Tô Thị Kim Ngân",), ("Huỳnh Bá Lộc", "Tổ Khoa học tự nhiên"), ("Lâm Gia Hân",)]
    helpers = [
        ("Công đoàn",),
        ("Đoàn trường", "GVCN"),
        ("Ban đại diện CMHS",),
        ("Trung tâm Y tế khu vực", "Tổ Văn phòng"),
    ]
    items = numbered(with_money(with_helpers(with_people(with_when(SECONDARY, whens), people), helpers), money))
    items = [i.but(sources=() if s in (("-",), ("Không",)) else s) for i in items for s in [i.sources]]
    shown = {i.stt: money[(i.stt - 1) % len(money)] for i in items if i.stt}
    d = word.new(landscape=True)
    word.letterhead(
        d,
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT ĐỒNG GIANG", "Số: 215/KH-THPTĐG"),
        (*NATION, "Đồng Giang, ngày 30 tháng 9 năm 2025"),
    )
    word.title(d, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", "Năm học 2025 - 2026")
    word.para(
        d,
        "Thực hiện Thông tư số 18/2018/TT-BGDĐT ngày 22/8/2018 và Thông tư số 22/2024/TT-BGDĐT ngày 10/12/2024 của Bộ Giáo dục và Đào tạo, nhà trường xây dựng kế hoạch như sau:",
    )
    word.para(d, "I. MỤC ĐÍCH", bold=True)
    word.para(d, "- Khắc phục hạn chế sau tự đánh giá, duy trì các điều kiện trường đạt chuẩn quốc gia.")
    word.para(d, "II. KẾ HOẠCH CỤ THỂ", bold=True)
    for standard, group in by_standard(items).items():
        word.para(d, f"{standard}. Tiêu chuẩn {standard}: {STANDARDS_2018[standard]}", bold=True)
        rows: list[Row] = [
            [h("TT", 2), h("Tiêu chí", 2), h("Nội dung cải tiến", 2), h("Mục tiêu cần đạt", 2), h("Biện pháp thực hiện", 2),
             h("Thời gian", 2), h("Thực hiện", colspan=2), h("Kinh phí", colspan=2)],
            [h("Chủ trì"), h("Phối hợp"), h("Số tiền"), h("Nguồn")],
            [h(f"({i})") for i in range(1, 11)],
        ]  # fmt: skip
        total = 0
        for item in group:
            printed = shown[item.stt]
            total += item.vnd or 0
            rows.append(
                [C(str(item.stt)), C(" ".join(f"TC {c}" for c in item.criteria)), C(item.content), C(item.objective),
                 dashes(item.measures), C(item.time), C(", ".join(item.responsible)), C(", ".join(item.collaborators)),
                 C(printed[0]), C(printed[2][0])]
            )  # fmt: skip
        rows.append([C("Cộng", colspan=8, bold=True), C(f"{total:,}".replace(",", "."), bold=True), C("")])
        word.table(d, rows, (0.9, 1.5, 4.2, 3.6, 4.8, 2.2, 2.6, 2.6, 2.2, 2.2), headers=3, size=9.5)
    word.para(d, "III. TỔ CHỨC THỰC HIỆN", bold=True)
    word.para(d, "- Tổ trưởng chuyên môn báo cáo tiến độ trước ngày 25 hằng tháng.")
    word.signature(
        d,
        ("Nơi nhận:", "- Sở GDĐT (để b/c);", "- Website trường;", "- Lưu: VT, HS KĐCL."),
        ("HIỆU TRƯỞNG", "", DONG_GIANG.head),
    )
    facts = doc_facts(
        DONG_GIANG,
        "2025-2026",
        number="215/KH-THPTĐG",
        date="2025-09-30",
        legal_numbers=["18/2018/TT-BGDĐT", "22/2024/TT-BGDĐT"],
        recipients=3,
    )
    columns = ("content", "objective", "measures", "time", "responsible", "collaborators", "budget", "sources")
    return Sample(
        "thpt-dong-giang-2025-2026.docx", word.saved(d), items, columns, facts,
        troubles="mỗi tiêu chuẩn một bảng, tiêu đề hai tầng, hàng (1)(2)(3), hàng Cộng, tiền đủ kiểu, hai tiêu chí một ô",
    )  # fmt: skip
