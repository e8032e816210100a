"""The paper around the table: bases, earlier results, purposes, organisation, signer, signatures; and the new form."""

from __future__ import annotations

import pytest

from caitien.plan.model import ImprovementPlan
from caitien.reading.document_head import level_of, read_school
from caitien.reading.furniture import read_bases, read_level, read_prior_results
from caitien.reading.interpret import interpret
from reading.interpret.drawing import document, table

PLAN = table(
    ["Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách"],
    ["1.2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng"],
)


def test_several_bases_in_one_sentence_are_told_apart() -> None:
    bases = read_bases(
        [
            "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22/08/2018 của Bộ GD&ĐT ban hành Quy định về kiểm định chất lượng; "
            "Thông tư số 22/2024/TT-BGDĐT ngày 10 tháng 12 năm 2024 của Bộ GD&ĐT sửa đổi một số điều của Quy định kèm theo "
            "Thông tư số 17/2018/TT-BGDĐT, Thông tư số 18/2018/TT-BGDĐT. Căn cứ Hướng dẫn số 5932/BGDĐT-QLCL ngày 28/12/2018 của Bộ GD&ĐT;",
        ]
    )
    assert [(b.kind, b.number, b.date) for b in bases] == [
        ("Thông tư", "17/2018/TT-BGDĐT", "2018-08-22"),
        ("Thông tư", "22/2024/TT-BGDĐT", "2024-12-10"),
        ("Hướng dẫn", "5932/BGDĐT-QLCL", "2018-12-28"),
    ]
    assert bases[0].subject == "ban hành Quy định về kiểm định chất lượng"


def test_a_base_without_a_number_is_a_base() -> None:
    (base,) = read_bases(["II. CĂN CỨ", "1. Báo cáo tự đánh giá năm học 2025-2026 của trường"])
    assert (base.kind, base.number, base.subject) == ("Báo cáo", None, "tự đánh giá năm học 2025-2026 của trường")


def test_earlier_results_are_read_with_their_year() -> None:
    lines = [
        "3. Kết quả cải tiến chất lượng đã đạt được trong năm học 2024-2025;",
        "- Mức 1: Tổng số 27 tiêu chí, trong đó số tiêu chí đạt 27/27, tỉ lệ 100%; tiêu chí không đạt: 0",
        "- Mức 4: Tổng số 05 tiêu chí, trong đó số tiêu chí đạt 3/5, tỉ lệ 60% (tiêu chí 2, 4, 5); tiêu chí không đạt:2/5",
        "- Tự đánh giá đạt mức 3",
    ]
    assert [(r.school_year, r.level, r.assessed, r.met, r.not_met) for r in read_prior_results(lines)] == [
        ("2024-2025", 1, 27, 27, 0),
        ("2024-2025", 4, 5, 3, 2),
    ]
    assert read_level(lines) == 3


@pytest.mark.parametrize(
    ("printed", "name", "level"),
    [
        ("TRƯỜNG TIỂU HỌC SÔNG TRÀ", "Trường Tiểu học Sông Trà", "tieu_hoc"),
        ("của trường mầm non Hoa Đào, yêu cầu", "Trường Mầm non Hoa Đào", "mam_non"),
        ("TRƯỜNG TH&THCS KHE MƠ", "Trường TH&THCS Khe Mơ", "th_thcs"),
        ("TRƯỜNG THCS LÊ LỢI", "Trường THCS Lê Lợi", "thcs"),
        ("TRƯỜNG PTDTBT THCS NẬM CẮN", "Trường PTDTBT THCS Nậm Cắn", "thcs"),
        ("Trung tâm GDNN-GDTX Vàm Lá", "Trung tâm GDNN-GDTX Vàm Lá", "gdtx"),
    ],
)
def test_the_school_is_named_and_its_level_known(printed: str, name: str, level: str) -> None:
    school = read_school([printed])
    assert (school.name, school.level) == (name, level)
    assert level_of(name) == level


def test_purposes_organisation_and_recipients_are_lists() -> None:
    plan = interpret(
        document(
            "TRƯỜNG TIỂU HỌC SÔNG TRÀ",
            "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026",
            "I. MỤC ĐÍCH, YÊU CẦU",
            "1. Mục đích",
            "- Khắc phục điểm yếu.",
            "- Phát huy điểm mạnh.",
            "II. NỘI DUNG",
            PLAN,
            "III. TỔ CHỨC THỰC HIỆN",
            "1. Hiệu trưởng",
            "- Chỉ đạo chung;",
            "- Phê duyệt kinh phí.",
            "2. Tổ chuyên môn: thực hiện và báo cáo.",
            "Nơi nhận:",
            "- UBND xã;",
            "- Lưu: VT.",
            "HIỆU TRƯỞNG",
            "Y Bhăm Niê",
        )
    )
    assert plan.purposes == ["Khắc phục điểm yếu.", "Phát huy điểm mạnh."]
    assert [(r.role, r.tasks) for r in plan.organisation] == [
        ("Hiệu trưởng", ["Chỉ đạo chung;", "Phê duyệt kinh phí."]),
        ("Tổ chuyên môn", ["thực hiện và báo cáo."]),
    ]
    assert plan.recipients == ["UBND xã", "Lưu: VT"]
    assert plan.document.signer.name == "Y Bhăm Niê"
    assert plan.sections == ["I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"]


def test_lines_that_the_page_broke_are_one_paragraph() -> None:
    plan = interpret(
        document(
            "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026",
            "I. MỤC ĐÍCH",
            "1. Xây dựng kế hoạch cải tiến chất lượng để thực hiện trong năm",
            "học 2025-2026 của trường tiểu học Sông Trà.",
            "2. Kế hoạch phải cụ thể.",
            PLAN,
            wrapped=True,
            format="pdf",
        )
    )
    assert plan.purposes == [
        "Xây dựng kế hoạch cải tiến chất lượng để thực hiện trong năm học 2025-2026 của trường tiểu học Sông Trà.",
        "Kế hoạch phải cụ thể.",
    ]
    assert plan.school.name == "Trường Tiểu học Sông Trà"


def test_printed_electronic_signatures_are_kept_with_their_times() -> None:
    plan = interpret(
        document(
            "Trường Tiểu học Sông Trà, năm học 2025-2026",
            PLAN,
            "hieutruong@songtra.example",
            "2026-01-14T10:26:56+0700",
            "Người ký: Trường Tiểu học Sông Trà",
            "Thời gian ký: 14.01.2026 10:41:30 +07:00",
        )
    )
    assert [(s.name, s.time) for s in plan.signatures] == [
        ("hieutruong@songtra.example", "2026-01-14T10:26:56+0700"),
        ("Trường Tiểu học Sông Trà", "2026-01-14T10:41:30+07:00"),
    ]


@pytest.fixture(scope="module")
def new_form() -> ImprovementPlan:
    """Biểu 2 of Thông tư 57/2026."""
    return interpret(
        document(
            "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG",
            "Năm học 2026-2027",
            "I. THÔNG TIN CHUNG",
            "1. Tên cơ sở giáo dục: Trường THCS Sông Trà",
            "2. Loại hình: công lập",
            "3. Địa chỉ: thôn Hạ, xã Sông Trà",
            "IV. CÁC VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN",
            table(
                ["TT", "Tiêu chuẩn", "Tiêu chí liên quan (nếu có)", "Đánh giá hiện trạng", "Điểm hạn chế", "Nguyên nhân của hạn chế"],
                ["1", "Tiêu chuẩn 2: Phát triển đội ngũ", "2.1, 2.2", "Đạt Mức 1", "Chưa đủ giáo viên", "Chưa được giao biên chế"],
            ),
            "V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG",
            table(
                [
                    "TT", "Nội dung cải tiến", "Mục tiêu cải tiến", "Hoạt động/giải pháp", "Chỉ số đánh giá kết quả", "Thời gian thực hiện",
                    "Đơn vị/cá nhân phụ trách", "Nguồn lực bảo đảm", "Thông tin, dữ liệu hoặc minh chứng dự kiến", "Mức độ thực hiện",
                ],
                [f"({n})" for n in range(1, 11)],
                [
                    "1", "Bổ sung giáo viên (vấn đề 1)", "Đủ giáo viên", "- Hợp đồng\n- Bồi dưỡng", "- 02 giáo viên", "15/9/2026 - 31/5/2027",
                    "Hiệu trưởng\nPhối hợp: Công đoàn", "45 triệu đồng từ ngân sách", "- Hợp đồng", "Đang thực hiện",
                ],
                [
                    "2", "Tiêu chí 4.1: Sửa phòng học", "Đủ phòng", "Sửa chữa", "08 phòng", "Quý IV/2026", "Kế toán",
                    "Nhân công sẵn có, không phát sinh kinh phí", "Biên bản", "Chưa hoàn thành",
                ],
            ),
            "VI. GIÁM SÁT NỘI BỘ",
            table(
                ["Thời điểm", "Nội dung theo dõi", "Kết quả thực hiện", "Điều chỉnh (nếu có)", "Người đánh giá"],
                ["Cuối học kỳ I", "Tiến độ", "", "", "Tổ giám sát"],
            ),
        )
    )  # fmt: skip


def test_the_issues_of_the_new_form_are_issues_not_actions(new_form: ImprovementPlan) -> None:
    (issue,) = new_form.issues
    assert (issue.number, issue.standard, issue.criteria) == (1, "2", ["2.1", "2.2"])
    assert (issue.weakness, issue.cause) == ("Chưa đủ giáo viên", "Chưa được giao biên chế")
    assert len(new_form.actions) == 2


def test_the_ten_columns_of_the_new_form_are_read(new_form: ImprovementPlan) -> None:
    first, second = new_form.actions
    assert first.criteria == ["2.1", "2.2"]  # by the issue that it names
    assert second.criteria == ["4.1"]  # by the criterion that it names
    assert first.measures == ["Hợp đồng", "Bồi dưỡng"]
    assert (first.responsible, first.collaborators) == (["Hiệu trưởng"], ["Công đoàn"])
    assert (first.resources.budget_vnd, second.resources.budget_vnd) == (45_000_000, 0)
    assert (first.period.start, second.period.end) == ("2026-09-15", "2026-12")
    assert (first.progress.status, second.progress.status) == ("in_progress", "not_started")


def test_the_monitoring_of_the_new_form_and_its_school_are_read(new_form: ImprovementPlan) -> None:
    (monitoring,) = new_form.monitoring
    assert (monitoring.round, monitoring.content, monitoring.reviewer) == ("Cuối học kỳ I", "Tiến độ", "Tổ giám sát")
    assert (new_form.school.ownership, new_form.school.address) == ("công lập", "thôn Hạ, xã Sông Trà")
    assert new_form.framework == "tt57-2026-pho-thong"


@pytest.mark.parametrize(
    "name", ["Lưu Văn Hiếu", "Tô Thị Sơ", "Nguyễn Xuân Trường", "Phan Kỳ Phong", "Đỗ Thị Bản", "Rơ Châm H'Lan"]
)
def test_names_that_look_like_other_words_are_names(name: str) -> None:
    plan = interpret(document("Trường THCS Sông Trà, năm học 2025-2026", PLAN, "HIỆU TRƯỞNG", "(Đã ký)", name))
    assert (plan.document.signer.role, plan.document.signer.name) == ("HIỆU TRƯỞNG", name)


def test_a_body_under_the_role_is_not_a_name() -> None:
    plan = interpret(document("Trường THCS Sông Trà, năm học 2025-2026", PLAN, "HIỆU TRƯỞNG", "Trường THCS Sông Trà"))
    assert plan.document.signer.name is None
