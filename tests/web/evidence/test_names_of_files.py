"""A file's name shows what it says: no folders, no marks that turn letters round, an ending that is true."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.web.evidence.file_names import (
    LONGEST,
    LONGEST_BYTES,
    clean_name,
    is_of_a_machine,
    name_for,
    said_otherwise,
    title_of,
)
from caitien.web.evidence.kinds import KINDS

DECOMPOSED = unicodedata.normalize("NFD", "Quyết định 12.pdf")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Quyết định số 12.pdf", "Quyết định số 12.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\may\\Desktop\\Biên bản.docx", "Biên bản.docx"),
        ("/home/x/anh.jpg/", "anh.jpg"),
        ("danh-sach\u202efdp.exe", "danh-sachfdp.exe"),  # on a screen: danh-sachexe.pdf
        ("\u200fanh\u200b\u2066.jpg", "anh.jpg"),
        ("anh\x00\x07.jpg", "anh.jpg"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie- x.pdf"),
        ("  Biên   bản\u00a0họp .docx ", "Biên bản họp.docx"),
        (DECOMPOSED, "Quyết định 12.pdf"),
        ("sao? lưu <2>|*.xlsx", "sao- lưu -2---.xlsx"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("...", "tệp không tên"),
        ("", "tệp không tên"),
        (None, "tệp không tên"),
        ("\u202e\u200b", "tệp không tên"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_cleaned(sent, kept):
    assert clean_name(sent) == kept


def test_a_very_long_name_keeps_its_ending():
    kept = clean_name("Báo cáo tự đánh giá chất lượng giáo dục " * 20 + ".docx")
    assert kept.endswith(".docx")
    assert kept.startswith("Báo cáo tự đánh giá")
    assert len(kept) <= LONGEST
    assert len(kept.encode()) <= LONGEST_BYTES


@given(st.text(max_size=400))
def test_whatever_is_sent_a_cleaned_name_is_harmless(sent):
    kept = clean_name(sent)
    assert kept
    assert clean_name(kept) == kept
    assert not set(kept) & set('/\\<>:"|?*\r\n\0')
    assert len(kept.encode()) <= LONGEST_BYTES
    assert kept not in (".", "..")
    assert not [one for one in kept if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co")]


def test_the_ending_says_what_the_file_is():
    assert name_for(KINDS["docx"], "quyet-dinh.pdf") == "quyet-dinh.docx"
    assert name_for(KINDS["jpg"], "anh.JPEG") == "anh.JPEG"
    assert name_for(KINDS["jpg"], "anh") == "anh.jpg"
    assert name_for(KINDS["txt"], "chay.tep") == "chay.tep.txt"
    assert name_for(KINDS["pdf"], "QĐ 12.2026") == "QĐ 12.2026.pdf"


def test_the_person_is_told_when_the_name_said_something_else():
    told = said_otherwise(KINDS["docx"], "quyet-dinh.pdf")
    assert ".pdf" in told
    assert "Word" in told
    assert "quyet-dinh.docx" in told
    assert said_otherwise(KINDS["jpg"], "anh.jpeg") == ""
    assert said_otherwise(KINDS["pdf"], "khong-duoi") == ""


def test_a_first_guess_at_the_title_is_the_name_without_its_ending():
    assert title_of("Quyết_định_12_QĐ-TH.pdf") == "Quyết định 12 QĐ-TH"
    assert title_of("QĐ 12.2026") == "QĐ 12.2026"


@pytest.mark.parametrize("name", ["IMG 20261120 0812", "DSC00012", "Screenshot 2026-11-20 at 08.12", "Scan0001", "Ảnh 1", "zalo 1234", "12"])  # fmt: skip
def test_a_name_that_a_machine_gave_says_nothing(name):
    assert is_of_a_machine(name)


@pytest.mark.parametrize("name", ["Quyết định 12", "Ảnh hội thi", "Biên bản 3", "Kế hoạch 45 năm 2026", "QĐ 12"])
def test_a_name_that_a_person_gave_says_something(name):
    assert not is_of_a_machine(name)
