"""Plans of 2026-2027 in Biểu 2 of Thông tư 57/2026: eight sections, ten columns, the issues and the monitoring tables."""

from __future__ import annotations

from collections.abc import Sequence

from . import docx_tools as word
from . import pdf_tools as pdf
from .common import NATION, STANDARDS_2026, School, doc_facts, numbered, with_helpers, with_people, with_when
from .content_2026 import CONTINUING_2026, GENERAL_2026
from .content_preschool import PRESCHOOL
from .docx_2025 import SUOI_LIM
from .grid import C, Row, dashes, h
from .items import Item, Sample

BAU_SEN = School("Trường THCS Bàu Sen", "thcs", "UBND XÃ TÂN LẬP THẠNH", "Tân Lập Thạnh", "Võ Thị Ngọc Diễm")
VAM_LA = School("Trung tâm GDNN-GDTX Vàm Lá", "gdtx", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Vàm Lá", "Châu Quốc Bảo", "GIÁM ĐỐC")
THIEN_LY = School(
    "Trường Mầm non Thiên Lý", "mam_non", "UBND PHƯỜNG HÒA BÌNH ĐÔNG", "Hòa Bình Đông", "Mạc Thị Thùy Linh"
)

WHENS = [
    ("Tháng 9/2026 – 12/2026", "2026-09", "2026-12"),
    ("15/9/2026 - 31/5/2027", "2026-09-15", "2027-05-31"),
    ("HK I", "2026-09-05", "2027-01-17"),
    ("Cả năm học", "2026-09-05", "2027-05-31"),
    ("Quý IV/2026", "2026-10", "2026-12"),
    ("Trước 31/3/2027", None, "2027-03-31"),
    ("10/2026 - 4/2027", "2026-10", "2027-04"),
    ("HK I, HK II", "2026-09-05", "2027-05-31"),
]
RESOURCES: list[tuple[str, int | None, tuple[str, ...]]] = [
    ("3.500.000 đồng, nguồn chi thường xuyên; phần mềm dùng chung", 3_500_000, ("chi thường xuyên",)),
    ("Không cần kinh phí", 0, ()),
    ("12.000.000 đồng (ngân sách 8.000.000; xã hội hóa 4.000.000)", 12_000_000, ("ngân sách", "xã hội hóa")),
    ("Không", 0, ()),
    ("5,5 triệu đồng từ quỹ khuyến học", 5_500_000, ("quỹ khuyến học",)),
    ("185.000.000 đồng, ngân sách xã", 185_000_000, ("ngân sách xã",)),
    ("2 triệu đồng, nguồn chi thường xuyên", 2_000_000, ("chi thường xuyên",)),
    ("Không", 0, ()),
]
COLUMNS = ("content", "objective", "measures", "indicators", "time", "responsible", "resources", "evidence", "progress")
HEADERS = (
    "TT", "Nội dung cải tiến", "Mục tiêu cải tiến", "Hoạt động/giải pháp", "Chỉ số đánh giá kết quả", "Thời gian thực hiện",
    "Đơn vị/cá nhân phụ trách", "Nguồn lực bảo đảm", "Thông tin, dữ liệu hoặc minh chứng dự kiến", "Mức độ thực hiện",
)  # fmt: skip


def bau_sen() -> Sample:
    """A clean plan: nothing in it is wrong."""
    people = [
        ("Võ Thị Ngọc Diễm (Hiệu trưởng)",),
        ("Tổ giám sát nội bộ",),
        ("Nguyễn Trọng Hiếu (Phó Hiệu trưởng)", "Tổ trưởng chuyên môn"),
        ("Dương Minh Tâm", "Giáo viên bộ môn"),
        ("Tổ tư vấn học đường",),
        ("Lê Hoàng Sơn (kế toán)",),
        ("Phạm Thị Cẩm Tú (TPT Đội)",),
        ("Giáo viên chủ nhiệm",),
    ]
    items = _items(GENERAL_2026, people, prefix=True)
    d = word.new(landscape=True)
    issues = _form(
        d, BAU_SEN, "Số: 86/KH-THCSBS", "Tân Lập Thạnh, ngày 22 tháng 9 năm 2026", items, "2026-2027",
        kind="Trường trung học cơ sở công lập", address="Ấp 3, xã Tân Lập Thạnh",
    )  # fmt: skip
    facts = doc_facts(
        BAU_SEN, "2026-2027", number="86/KH-THCSBS", date="2026-09-22", recipients=4, legal_numbers=["57/2026/TT-BGDĐT"]
    )
    return Sample(
        "thcs-bau-sen-2026-2027.docx",
        word.saved(d),
        items,
        COLUMNS,
        facts,
        issues,
        _monitoring(),
        "Biểu 2 đủ tám mục, không có lỗi",
    )


def suoi_lim() -> Sample:
    """The same school as the ugly plan of 2025-2026, a year later."""
    people = [
        ("Lường Thị Mai Hiên",),
        ("Cầm Văn Quyết", "Tổ giám sát nội bộ"),
        ("Tòng Thị Hạ",),
        ("Quàng Văn Đức", "Vì Thị Loan"),
        ("Hoàng Thu Trang",),
        ("Bạc Thị Nhung",),
    ]
    chosen = [GENERAL_2026[i] for i in (0, 1, 2, 4, 5, 7)]
    items = _items(chosen, people, prefix=True)
    items[0] = items[0].but(progress="Đang thực hiện")
    items[4] = items[4].but(progress="Hoàn thành")
    d = word.new(landscape=True)
    issues = _form(
        d, SUOI_LIM, "Số: 52/KH-THSL", "Mường Tre, ngày 18 tháng 9 năm 2026", items, "2026-2027",
        kind="Trường tiểu học công lập, 03 điểm trường", address="Bản Cọ, xã Mường Tre",
    )  # fmt: skip
    facts = doc_facts(
        SUOI_LIM, "2026-2027", number="52/KH-THSL", date="2026-09-18", recipients=4, legal_numbers=["57/2026/TT-BGDĐT"]
    )
    return Sample(
        "th-suoi-lim-2026-2027.docx",
        word.saved(d),
        items,
        COLUMNS,
        facts,
        issues,
        _monitoring(),
        "Biểu 2 của năm sau, cùng trường với kế hoạch 2025-2026",
    )


def vam_la() -> Sample:
    """A continuing education centre: Word's bullets, collaborators in the owner cell."""
    people = [("Châu Quốc Bảo",), ("Tổ Văn phòng",), ("Hồ Thị Diệu Hiền (Trưởng phòng Văn hóa)",), ("Mai Anh Tuấn",)]
    helpers = [("Công đoàn",), (), ("Các trường THPT trong vùng",), ("Đoàn Thanh niên", "UBND xã Vàm Lá")]
    items = with_helpers(_items(CONTINUING_2026, people, prefix=False), helpers)
    d = word.new(landscape=True)
    issues = _form(
        d, VAM_LA, "Số: 31/KH-TTVL", "Vàm Lá, ngày 05 tháng 10 năm 2026", items, "2026-2027",
        kind="Trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên", address="Số 12 đường Trần Hưng Đạo, xã Vàm Lá", auto=True,
    )  # fmt: skip
    facts = doc_facts(
        VAM_LA, "2026-2027", number="31/KH-TTVL", date="2026-10-05", recipients=4, legal_numbers=["57/2026/TT-BGDĐT"]
    )
    return Sample(
        "gdtx-vam-la-2026-2027.docx", word.saved(d), items, (*COLUMNS, "collaborators"), facts, issues, _monitoring(),
        "Biểu 2 của trung tâm GDTX, dấu đầu dòng tự động, Phối hợp trong ô phụ trách",
    )  # fmt: skip


def thien_ly() -> Sample:
    """A preschool in PDF that copied last year's head: it cites the repealed circular and one date of 2024."""
    base = [PRESCHOOL[i] for i in (0, 3, 9, 11, 13, 15, 18)]
    codes = ("1.1", "1.2", "2.2", "4.1", "4.1", "4.3", "3.5")
    goals = (
        "Chiến lược có lộ trình từng năm", "Tổ chuyên môn sinh hoạt theo chuyên đề", "Đủ giáo viên đạt chuẩn",
        "Sân chơi an toàn, có khu vận động", "Đủ thiết bị tối thiểu", "Cha mẹ cùng tham gia giáo dục trẻ", "Trẻ khỏe mạnh, phát triển cân đối",
    )  # fmt: skip
    signs = (
        ("Chiến lược được phê duyệt",), ("18 buổi sinh hoạt chuyên đề",), ("03/03 giáo viên đạt chuẩn",),
        ("120 m2 sân mềm", "05 đồ chơi vận động"), ("Thiếu dưới 5% danh mục",), ("08 buổi trong năm học",),
        ("Thấp còi dưới 3%", "Thừa cân dưới 2,5%"),
    )  # fmt: skip
    items = [
        i.but(criteria=(c,), objective=g, indicators=s, cause="Chưa được đầu tư, theo dõi thường xuyên.")
        for i, c, g, s in zip(base, codes, goals, signs, strict=True)
    ]
    people = [("Mạc Thị Thùy Linh",), ("Thái Thị Ngọc Ánh (PHT)",), ("Tổ Mẫu giáo", "Tổ Nhà trẻ"), ("Kiều Thị Oanh",)]
    items = _items(items, people, prefix=True)
    items[3] = items[3].but(time="08/2024 – 11/2024", start="2024-08", end="2024-11")
    widths = ["1cm", "2.9cm", "2.6cm", "4.6cm", "2.7cm", "2.2cm", "2.6cm", "2.7cm", "3cm", "1fr"]
    issues, issue_rows = _issues(items)
    source = pdf.page(landscape=True, size=9.5)
    source += pdf.two(
        (THIEN_LY.parent, "TRƯỜNG MẦM NON THIÊN LÝ", "Số: 40/KH-MNTL"),
        (*NATION, "Hòa Bình Đông, ngày 15 tháng 9 năm 2026"),
    )
    source += pdf.para("KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", bold=True, centred=True)
    source += pdf.para("Năm học 2026-2027", bold=True, centred=True)
    source += pdf.para("I. THÔNG TIN CHUNG", bold=True)
    source += (
        pdf.para("1. Tên trường: Trường Mầm non Thiên Lý")
        + pdf.para("2. Loại hình: Công lập")
        + pdf.para("3. Địa chỉ: phường Hòa Bình Đông")
    )
    source += pdf.para("II. CĂN CỨ XÂY DỰNG KẾ HOẠCH", bold=True)
    source += pdf.para(
        "- Thông tư số 19/2018/TT-BGDĐT ngày 22/8/2018 của Bộ Giáo dục và Đào tạo ban hành Quy định về kiểm định chất lượng giáo dục và công nhận đạt chuẩn quốc gia đối với trường mầm non;"
    )
    source += pdf.para("- Báo cáo tự đánh giá năm học 2025-2026;")
    source += pdf.para("III. MỤC ĐÍCH, YÊU CẦU", bold=True)
    source += pdf.para("1. Mục đích") + pdf.para("- Khắc phục hạn chế trọng tâm sau tự đánh giá.")
    source += pdf.para("2. Yêu cầu") + pdf.para("- Trọng tâm, khả thi, có người phụ trách và minh chứng.")
    source += pdf.para("IV. CÁC VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN", bold=True)
    source += pdf.table(issue_rows, ["1cm", "4cm", "2cm", "6cm", "6cm", "1fr"])
    source += pdf.para("V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", bold=True)
    source += pdf.table(
        [[h(x) for x in HEADERS], [h(f"({i})") for i in range(1, 11)], *[_row(i) for i in items]], widths, headers=2
    )
    source += pdf.para("VI. GIÁM SÁT NỘI BỘ", bold=True)
    source += pdf.table(_monitoring_rows(), ["4cm", "6cm", "5cm", "5cm", "1fr"])
    source += pdf.para("VII. TỔ CHỨC THỰC HIỆN", bold=True)
    source += pdf.para("1. Hiệu trưởng: chỉ đạo, phê duyệt.") + pdf.para("2. Hội đồng tự đánh giá: theo dõi, giám sát.")
    source += pdf.para("VIII. ĐÁNH GIÁ, BÁO CÁO", bold=True)
    source += pdf.para("a) Rà soát tối thiểu 02 lần trong năm học.") + pdf.para(
        "b) Kết quả là cơ sở lập kế hoạch năm sau."
    )
    source += pdf.two(("Nơi nhận:", "- UBND phường;", "- Lưu: VT."), ("HIỆU TRƯỞNG", "", "", THIEN_LY.head))
    facts = doc_facts(THIEN_LY, "2026-2027", number="40/KH-MNTL", date="2026-09-15", legal_numbers=["19/2018/TT-BGDĐT"])
    return Sample(
        "mn-thien-ly-2026-2027.pdf", pdf.compiled(source), items, COLUMNS, facts, issues, _monitoring(),
        "Biểu 2 in PDF ngang, tiêu đề lặp mỗi trang, dòng vắt qua trang; còn căn cứ đã hết hiệu lực và ngày cũ",
    )  # fmt: skip


def _items(base: Sequence[Item], people: Sequence[tuple[str, ...]], *, prefix: bool) -> list[Item]:
    made = numbered(with_people(with_when(base, WHENS), people))
    out = []
    for item, money in zip(made, [RESOURCES[i % len(RESOURCES)] for i in range(len(made))], strict=True):
        code = item.criteria[0]
        content = f"{item.content} (tiêu chí {code})" if prefix else f"Tiêu chí {code}: {item.content}"
        out.append(
            item.but(content=content, resources=money[0], vnd=money[1], sources=money[2], progress="Chưa hoàn thành")
        )
    return out


def _row(item: Item, *, auto: bool = False) -> list[C]:
    owner = ["; ".join(item.responsible)]
    if item.collaborators:
        owner.append("Phối hợp: " + ", ".join(item.collaborators))
    listed = C(lines=item.measures, bullets="bullet") if auto else dashes(item.measures)
    return [
        C(str(item.stt), centred=True), C(item.content), C(item.objective), listed, dashes(item.indicators),
        C(item.time), C(lines=tuple(owner)), C(item.resources), dashes(item.evidence), C(item.progress),
    ]  # fmt: skip


def _issues(items: Sequence[Item]) -> tuple[list[dict[str, object]], list[Row]]:
    rows: list[Row] = [
        [
            h(x)
            for x in (
                "TT",
                "Tiêu chuẩn",
                "Tiêu chí liên quan (nếu có)",
                "Đánh giá hiện trạng",
                "Điểm hạn chế",
                "Nguyên nhân của hạn chế",
            )
        ]
    ]
    found: list[dict[str, object]] = []
    for i, item in enumerate(items, 1):
        code = item.criteria[0]
        state = "Đã có kế hoạch và phân công, kết quả bước đầu." if i % 2 else "Đạt Mức 1, chưa đủ yêu cầu Mức 2."
        rows.append(
            [
                C(str(i)),
                C(f"Tiêu chuẩn {code[0]}: {STANDARDS_2026[code[0]]}"),
                C(code),
                C(state),
                C(item.weakness),
                C(item.cause),
            ]
        )
        found.append(
            {"number": i, "criteria": [code], "current_state": state, "weakness": item.weakness, "cause": item.cause}
        )
    return found, rows


_MONITORING = (
    ("Cuối học kỳ I", "Tiến độ các nội dung cải tiến, minh chứng đã có", "", "", "Tổ giám sát nội bộ"),
    ("Cuối năm học", "Kết quả so với chỉ số đánh giá, nội dung chuyển sang năm sau", "", "", "Hội đồng tự đánh giá"),
)


def _monitoring() -> list[dict[str, object]]:
    return [{"round": r[0], "content": r[1], "reviewer": r[4]} for r in _MONITORING]


def _monitoring_rows() -> list[Row]:
    head = ("Thời điểm", "Nội dung theo dõi", "Kết quả thực hiện", "Điều chỉnh (nếu có)", "Người đánh giá")
    return [[h(x) for x in head], *[[C(x) for x in row] for row in _MONITORING]]


def _form(
    d: object,
    school: School,
    number: str,
    dated: str,
    items: list[Item],
    year: str,
    *,
    kind: str,
    address: str,
    auto: bool = False,
) -> list[dict[str, object]]:
    """The eight sections in Word; returns the issues."""
    word.letterhead(d, (school.parent, school.capital, number), (*NATION, dated))
    word.title(d, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", f"Năm học {year}")
    word.para(d, "I. THÔNG TIN CHUNG", bold=True)
    word.para(d, f"1. Tên cơ sở giáo dục: {school.name}")
    word.para(d, f"2. Loại hình: {kind}")
    word.para(d, f"3. Địa chỉ: {address}")
    word.para(d, "II. CĂN CỨ XÂY DỰNG KẾ HOẠCH", bold=True)
    word.para(d, "- Thông tư số 57/2026/TT-BGDĐT ngày 07/7/2026 của Bộ Giáo dục và Đào tạo;")
    word.para(d, "- Báo cáo tự đánh giá năm học 2025-2026;")
    word.para(d, "- Kết quả rà soát kế hoạch cải tiến chất lượng năm học 2025-2026;")
    word.para(d, f"- Kế hoạch giáo dục năm học {year} và định hướng phát triển của nhà trường.")
    word.para(d, "III. MỤC ĐÍCH, YÊU CẦU", bold=True)
    word.para(d, "1. Mục đích")
    word.para(d, "- Khắc phục những hạn chế trọng tâm đã xác định qua tự đánh giá.")
    word.para(d, "- Huy động, sử dụng hiệu quả nguồn lực cho cải tiến chất lượng.")
    word.para(d, "2. Yêu cầu")
    word.para(d, "- Trọng tâm, khả thi; không lập kế hoạch cho mọi tiêu chí.")
    word.para(d, "- Có theo dõi, đánh giá và điều chỉnh.")
    word.para(d, "IV. CÁC VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN", bold=True)
    issues, rows = _issues(items)
    word.table(d, rows, (1.0, 4.5, 2.4, 5.0, 6.2, 5.6))
    word.para(d, "V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", bold=True)
    body: list[Row] = [
        [h(x) for x in HEADERS],
        [h(f"({i})") for i in range(1, 11)],
        *[_row(i, auto=auto) for i in items],
    ]
    word.table(d, body, (0.9, 3.0, 2.8, 4.0, 2.8, 2.2, 2.6, 2.6, 2.8, 1.8), headers=2, size=9.5)
    word.para(d, "VI. GIÁM SÁT NỘI BỘ", bold=True)
    word.table(d, _monitoring_rows(), (3.2, 8.0, 5.0, 4.5, 4.5))
    word.para(d, "VII. TỔ CHỨC THỰC HIỆN", bold=True)
    word.para(d, "1. Người đứng đầu cơ sở giáo dục")
    word.para(d, "- Chỉ đạo, phân công, bảo đảm nguồn lực; phê duyệt điều chỉnh.")
    word.para(d, "2. Hội đồng tự đánh giá")
    word.para(d, "- Theo dõi, giám sát việc thực hiện; tổng hợp minh chứng.")
    word.para(d, "3. Tổ chuyên môn, bộ phận")
    word.para(d, "- Thực hiện nội dung được giao, báo cáo tiến độ hằng tháng.")
    word.para(d, "VIII. ĐÁNH GIÁ, BÁO CÁO", bold=True)
    word.para(d, "a) Rà soát kế hoạch tối thiểu 02 lần trong mỗi năm học.")
    word.para(d, "b) Kết quả thực hiện là cơ sở cập nhật báo cáo tự đánh giá và lập kế hoạch năm học sau.")
    word.para(d, "c) Thực hiện công khai, minh bạch, trách nhiệm giải trình.")
    superior = "- Sở Giáo dục và Đào tạo;" if school.level == "gdtx" else "- UBND xã;"
    word.signature(
        d,
        ("Nơi nhận:", superior, "- Hội đồng tự đánh giá;", "- Các tổ chuyên môn;", "- Lưu: VT."),
        (school.role, "", "", school.head),
    )
    return issues
