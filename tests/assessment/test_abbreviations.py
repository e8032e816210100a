"""Abbreviations are found in the texts by themselves; what nobody has explained is listed with an empty place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.invented_assessment import small_assessment
from caitien.assessment.abbreviations import abbreviations, found_in
from caitien.assessment.model import SelfAssessment
from caitien.plan.text import sort_key


def shorts(*texts: str, own: dict[str, str] | None = None) -> list[str]:
    return [one.short for one in found_in(texts, own)]


def meaning(text: str, short: str, own: dict[str, str] | None = None) -> str:
    return next(one.meaning for one in found_in([text], own) if one.short == short)


def test_runs_of_capitals_are_found_in_vietnamese_order_and_counted():
    found = found_in(["UBND xã, ĐTN và CSVC; CSVC của trường", "CBQL họp với GV"])
    assert [(one.short, one.count) for one in found] == [("CBQL", 1), ("CSVC", 2), ("ĐTN", 1), ("GV", 1), ("UBND", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả tốt (MC.1.1.01, MC.2.3.12).",
        "Kết quả tốt [H1-1.1-01]; [H12-3.4-05].",
        "Mã sai MC.9.9 và MC.1.2.3456 cũng không phải chữ viết tắt.",
        "Giai đoạn II, mục IV, lớp chọn XXI, Phần VIII.",
        "TIÊU CHUẨN 1: QUẢN TRỊ NHÀ TRƯỜNG",
        "KẾT LUẬN CHUNG",
        "Thông tư số 57/2026/TT-BGDĐT và Quyết định 45/QĐ-THCS.",
        "Việc này KHÔNG được làm.",
        "Xem https://kho.truong.example/ABC/XYZ hoặc thư ABC@TRUONG.EXAMPLE",
        "Trường TIỂU HỌC BAN MAI ở xã",
        "Lớp 6A, A4, điểm B.",
    ],
)
def test_codes_roman_numerals_headings_and_words_in_capitals_are_none(text):
    assert shorts(text) == []


def test_a_word_of_capitals_that_is_known_counts_also_beside_others():
    assert shorts("UBND TP và HĐND") == ["HĐND", "TP", "UBND"]


def test_joined_abbreviations_are_split_unless_the_whole_is_known():
    assert shorts("Đội ngũ CB-GV-NV; tình hình KT-XH; Sở GD&ĐT; TT GDNN-GDTX") == [
        "CB",
        "GD&ĐT",
        "GDNN-GDTX",
        "GV",
        "KT-XH",
        "NV",
        "TT",
    ]


def test_a_definition_in_the_text_wins_over_the_usual_meaning():
    assert meaning("HT là hiệu trưởng.", "HT") == "Hiệu trưởng"
    assert meaning("Hệ thống hỗ trợ (HT) được cài đặt.", "HT") == "Hỗ trợ"


@pytest.mark.parametrize(
    ("text", "short", "said"),
    [
        ("Đội ngũ cán bộ quản lý (CBQL) ổn định", "CBQL", "Cán bộ quản lý"),
        ("Ban đại diện cha mẹ học sinh (sau đây viết tắt là BĐDCMHS)", "BĐDCMHS", "Ban đại diện cha mẹ học sinh"),
        ("môn tự nhiên và xã hội (viết tắt: TNXH)", "TNXH", "Tự nhiên và xã hội"),
        ("phần mềm SHCM (sinh hoạt chuyên môn) dùng chung", "SHCM", "Sinh hoạt chuyên môn"),
        ("Ủy ban nhân dân (UBND) xã", "UBND", "Ủy ban nhân dân"),
        ("cán bộ, giáo viên, nhân viên (CBGVNV)", "CBGVNV", "Cán bộ, giáo viên, nhân viên"),
    ],
)
def test_definitions_are_read_on_either_side_of_the_bracket(text, short, said):
    assert meaning(text, short) == said


def test_a_bracket_that_does_not_fit_defines_nothing():
    found = found_in(["Hồ sơ đầy đủ (QZX) theo quy định"])
    assert [(one.short, one.meaning, one.origin) for one in found] == [("QZX", "", "unknown")]


def test_the_school_has_the_last_word():
    assert meaning("Cán bộ quản lý (CBQL)", "CBQL", {"CBQL": "Cán bộ, quản lý"}) == "Cán bộ, quản lý"
    found = found_in(["không có gì"], {"SN": "Suối Ngàn", "ABC": ""})
    assert [(one.short, one.meaning, one.count) for one in found] == [("ABC", "", 0), ("SN", "Suối Ngàn", 0)]


def test_what_may_mean_several_things_is_left_empty_with_proposals():
    (found,) = found_in(["Theo TT mới"])
    assert (found.meaning, found.origin) == ("", "unknown")
    assert "Thông tư" in found.proposals


def test_known_ones_that_are_not_all_capitals_are_found():
    assert shorts("Có 3 ThS, không có ThSx") == ["ThS"]


def test_all_printed_texts_of_a_self_assessment_are_read_and_codes_are_not():
    found = {one.short: one for one in abbreviations(small_assessment())}
    assert found["CBQL"].origin == "text"
    assert found["TBDH"].meaning == "Thiết bị dạy học"
    assert found["SN"].origin == "school"
    assert {"MC", "BC", "THCSSN", "QĐ"}.isdisjoint(found)


def test_an_empty_self_assessment_has_none():
    assert abbreviations(SelfAssessment()) == ()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_borne_and_what_is_found_stands_in_it(said):
    found = found_in(said)
    for one in found:
        assert any(one.short in text.replace("–", "-") for text in said)
        assert one.count > 0
    names = [one.short for one in found]
    assert len(names) == len(set(names))
    assert names == sorted(names, key=lambda short: (sort_key(short), short))


@given(
    st.lists(st.sampled_from(["CBQL", "(CBQL)", "cán bộ", "quản lý", "GD&ĐT", "MC.1.1.01", "IV", "KHÔNG", ",", "\n"]))
)
def test_pieces_of_real_sentences_in_any_order_give_no_code_numeral_or_shouted_word(pieces):
    assert set(shorts(" ".join(pieces))) <= {"CBQL", "GD&ĐT"}
