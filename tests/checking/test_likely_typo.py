"""Slips of the hand in the words of a plan: what is found, how it is mended, and what is right and left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.checking import apply_fix, check, with_readers_findings
from caitien.checking.rules._slips import around, mended, slips
from caitien.checking.rules._typo_words import words
from caitien.plan.model import Alternative, Finding, ImprovementPlan, LegalBasis
from caitien.reading import read_plan
from checking.building import TODAY, clean_plan, found, row

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def plan_of(content: str, **more: object) -> ImprovementPlan:
    plan = clean_plan()
    plan.actions = [row(1, "1.1", content, **more)]
    return plan


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Tang cường công tác phối hợp", "Tăng cường công tác phối hợp"),
        ("Nâng chao chất lượng các cuộc thi", "Nâng cao chất lượng các cuộc thi"),
        ("Đề xuất xây them phòng học", "Đề xuất xây thêm phòng học"),
        ("Phân công nhiệm vụ các thành viên HĐt", "Phân công nhiệm vụ các thành viên HĐT"),
        ("văn bản quy phạm pháp luật hiện nhành; tài liệu", "văn bản quy phạm pháp luật hiện hành; tài liệu"),
        ("Nghiên túc trong đánh giá", "Nghiêm túc trong đánh giá"),
        ("trú trọng công tác phối hợp", "chú trọng công tác phối hợp"),
        ("đạt giải khi tham gia các Hộ thi/hoạt động giao lưu", "đạt giải khi tham gia các Hội thi/hoạt động giao lưu"),
        ("Họp cha m học sinh", "Họp cha mẹ học sinh"),
        ("nguồn kinh phí còn hạn h p nên chưa mua", "nguồn kinh phí còn hạn hẹp nên chưa mua"),
        ("của Bộ GD&ĐT vè Sửa đổi, bổ sung", "của Bộ GD&ĐT về Sửa đổi, bổ sung"),
        ("TRần Thế Vinh; Lò Văn Sáng", "Trần Thế Vinh; Lò Văn Sáng"),
        ("Bổ sung trang thiết bị, tổ chưc hội thảo", "Bổ sung trang thiết bị, tổ chức hội thảo"),
        ("BỒI DƯỞNG đội ngũ", "BỒI DƯỠNG đội ngũ"),
        ("đưa vào kế hoach hoat động của tổ", "đưa vào kế hoạch hoạt động của tổ"),
        ("Lấy ý kiến của người dân tại nhà truờng", "Lấy ý kiến của người dân tại nhà trường"),
        ("Đổi mới phương pháp giáodục", "Đổi mới phương pháp giáo dục"),
        ("tỉ lệ nghành giáo dục đề ra", "tỉ lệ ngành giáo dục đề ra"),
    ],
)
def test_a_slip_is_mended_and_nothing_else_is_changed(text: str, right: str) -> None:
    assert mended(text, slips(text)) == right


@pytest.mark.parametrize(
    "text",
    [
        "Hàng tháng, hằng tháng, hàng năm thực hiện hằng năm",
        "kỹ năng, kĩ năng, kỉ luật, kỷ luật, lý do, lí do, quản lí, sĩ số, sỹ số, bác sĩ",
        "thúy, thuý, hòa, hoà, khỏe mạnh, khoẻ mạnh, thủy lợi, ủy ban, uỷ ban",
        "học sinh  lớp 5 , giáo viên ; nhà trường .",
        "Tập huấn giáo dục STEM, dùng wifi, internet, website, video, Facebook, Zalo, e-mail, padlet, quiz",
        "gv, hs, cmhs, gvcn, csvc, SGK, BGH, HĐTr, GDTrH, ThS, QĐ-UBND, PGDĐT, P.HT, TTr-THSL",
        "Lưu tại https://truong.edu.vn/ke-hoach, tệp ke_hoach_2025.docx, gửi vanthu@truong.edu.vn",
        "Mua 2kg sơn, 30m2 gạch, 15 km đường, vitamin A, ôxy già, mô-đun, lô-gíc, ốp-la",
        "Ông Đinh Kpă Krông, xã Ea Kly, huyện Đắk Glei; điểm trường Pa Ủ, H'Mông, K’Ho",
        "Trần Khắc Phúc; Hồ Kê Hoạch; Nguyễn Thị Tang Cương; Lò Văn Hiêu",
        "mang tính hình thức; thực hiện hàng tuần; hình thức hiện đại; khả năng cao; chuyển biến bản thân",
        "nội trú trọng điểm; bảo hộ thi công; lịch sử lý thú; danh hiệu trường chuẩn; đầu tư đánh giá; được chia sẽ tốt",
        "mỗi trường một mô hình; thành công đồng thời; giao viên chức phụ trách; thăm gia đình; từ học kỳ II",
        "tổ trưởng học tập; một phần công việc; phòng trống; công nhân; truyền thống, truyền thông; học viện, học viên",
        "hoạt động bộ môn; tự nguyện; dành sách cho thư viện; để đề nghị; bài toán diện tích; lịch sự; nề nếp; ngăn sách",
        "Ke hoach cai tien chat luong giao duc cua truong tieu hoc",
        "Theo điểm c khoản 2, lớp 5 A, tổ 1 và nhóm b",
        "TĂNG CƯỜNG CƠ SỞ VẬT CHẤT; HIỆU TRƯỞNG; PHÓ HIỆU TRƯỞNG",
        "gviên, hsinh, cô nuôi, đ/c Bình, c/s, T.9, HK I",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [text[s.start : s.end] for s in slips(text)] == []


def test_an_impossible_syllable_is_shown_and_not_guessed() -> None:
    (finding,) = found(plan_of("Rà soát cơ sở vật chất, nhiêt phòng cho lớp 1"), "likely-typo")
    assert "“nhiêt”" in finding.message
    assert finding.fixes == []


def test_a_finding_says_where_and_quotes_what_stands_round_the_slip() -> None:
    (finding,) = found(plan_of("Rà soát", measures=["Họp tổ", "Đề xuất xây them phòng học mới"]), "likely-typo")
    assert (finding.severity, finding.action, finding.field) == ("hint", 0, "measures")
    assert finding.quote == "Đề xuất xây them phòng học"
    assert finding.message == "Mục 1 (tiêu chí 1.1), biện pháp: “xây them” có lẽ là “xây thêm”."


def test_one_click_mends_the_item_and_only_it() -> None:
    plan = plan_of("Rà soát", measures=["Họp tổ", "Tang cường kiểm tra, xây them phòng"])
    (finding,) = found(plan, "likely-typo")
    (fix,) = finding.fixes
    assert fix.label == "Sửa thành “Tăng cường”, “xây thêm”"
    after = apply_fix(plan, fix)
    assert after.actions[0].measures == ["Họp tổ", "Tăng cường kiểm tra, xây thêm phòng"]
    assert found(after, "likely-typo") == []


def test_a_name_that_is_mended_settles_nothing_between_two_owners() -> None:
    plan = plan_of("Rà soát", responsible=["TRần Thế Vinh"])
    plan.actions[0].alternatives = [Alternative(values={"responsible": ["Lò Văn Sáng"]})]
    (fix,) = found(plan, "likely-typo")[0].fixes
    after = apply_fix(plan, fix)
    assert after.actions[0].responsible == ["Trần Thế Vinh"]
    assert [f.rule for f in check(after, today=TODAY) if f.severity == "error"] == ["two-owners"]


def test_words_outside_the_table_are_looked_at_too() -> None:
    plan = clean_plan()
    plan.purposes = ["Tang cường kỷ cương"]
    plan.legal_bases.append(LegalBasis(kind="Thông tư", number="22/2024/TT-BGDĐT", subject="vè Sửa đổi một số điều"))
    purposes, basis = found(plan, "likely-typo")
    assert (purposes.action, purposes.fixes[0].path) == (None, "/purposes/0")
    assert basis.fixes[0].value == "về Sửa đổi một số điều"


def slips_of(name: str) -> list[tuple[int | None, str]]:
    plan = read_plan(SAMPLES / name).plan
    return [(f.action, fix.label) for f in found(plan, "likely-typo") for fix in f.fixes]


def test_the_slips_of_a_fallen_plan_are_found_and_no_others() -> None:
    assert slips_of("doi-thong-2023-2024.txt") == [
        (0, "Sửa thành “HĐT”"), (2, "Sửa thành “xây thêm”"), (3, "Sửa thành “Nghiêm túc”"), (5, "Sửa thành “hiện hành”"),
        (6, "Sửa thành “Tăng cường”"), (7, "Sửa thành “chú trọng”"), (11, "Sửa thành “cha mẹ”"), (11, "Sửa thành “cha mẹ”"),
        (14, "Sửa thành “Nâng cao”"), (14, "Sửa thành “Hội thi”"), (15, "Sửa thành “hạn hẹp”"), (16, "Sửa thành “cha mẹ”"),
    ]  # fmt: skip
    assert slips_of("suoi-hoa-2025-2026.txt") == [(None, "Sửa thành “về Sửa”")]


def test_reading_and_checking_say_each_lost_letter_once() -> None:
    plan = read_plan(SAMPLES / "th-dong-vang-2025-2026.txt").plan
    assert [f.rule for f in plan.findings] == ["lost-letters"] * 3
    assert [f.rule for f in with_readers_findings(check(plan, today=TODAY), plan)] == ["likely-typo"] * 3


def lost(quote: str) -> Finding:
    return Finding(rule="lost-letters", severity="hint", message="Mất chữ.", action=0, field="content", quote=quote)


def test_the_same_place_is_not_said_twice() -> None:
    plan = plan_of("Phối hợp với cha m học sinh, vận động x hội hóa")
    plan.findings = [lost("cha m học"), lost("động x hội")]
    said = [(f.rule, f.quote) for f in with_readers_findings(check(plan, today=TODAY), plan)]
    assert said == [("likely-typo", "hợp với cha m học sinh,"), ("lost-letters", "động x hội")]


def test_letters_typed_again_are_lost_no_more() -> None:
    plan = plan_of("Phối hợp với cha mẹ học sinh")
    plan.findings = [lost("cha m học")]
    assert with_readers_findings(check(plan, today=TODAY), plan) == []


@given(st.text("aăâđêôơưáàảãạeiouyngthc TĐH.,;-/1", max_size=60))
def test_any_text_is_looked_at_and_what_is_mended_is_where_it_was_found(text: str) -> None:
    at = 0
    for slip in slips(text):
        assert at <= slip.start < slip.end <= len(text)
        assert text[slip.start : slip.end] in around(text, slip)
        assert slip.right != text[slip.start : slip.end]
        at = slip.end


def test_no_word_of_the_list_is_found_wrong_when_it_is_right() -> None:
    known = words()
    for wrongs in known.slips.values():
        for wrong, right, _ in wrongs:
            text = " ".join(wrong)
            assert mended(text, slips(text)).lower() == right.lower()
            assert slips(right) == []


def test_a_plan_of_32_rows_is_looked_at_in_a_moment() -> None:
    plan = clean_plan()
    words_of_a_row = (
        "Nâng cao năng lực quản lý, điều hành của Hiệu trưởng; tăng cường phối hợp giữa tổ chuyên môn và văn phòng. "
    )
    plan.actions = [row(n, "1.1", f"{n} {words_of_a_row * 3}") for n in range(1, 33)]
    found(plan, "likely-typo")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found(plan, "likely-typo")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1  # some 10 ms on a slow machine: the bound only tells apart what is ten times as slow
