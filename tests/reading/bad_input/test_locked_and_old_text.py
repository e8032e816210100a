"""Files that look bad and are good: owner passwords, Windows-1258, UTF-16, old fonts that hold Unicode text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.errors import ReadingError
from caitien.reading.legacy_fonts import is_syllable, legacy_encoding, vietnamese_share
from caitien.reading.opening import open_source
from caitien.reading.refusals import SENTENCES
from caitien.reading.text_encoding import decode_text
from reading.bad_input import bad_files as bad

SENTENCE = (
    "Kế hoạch cải tiến chất lượng giáo dục năm học của trường tiểu học, hiệu trưởng phụ trách; tổ chức hoàn thành."
)


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    document = open_source(bad.locked_pdf(tmp_path / "a.pdf", ""))
    assert [p.text for p in document.paragraphs()] == ["Ke hoach cai tien chat luong nam hoc"]


def test_a_pdf_named_docx_is_read_as_pdf(tmp_path: Path) -> None:
    path = bad.pdf_page_of(tmp_path / "ke-hoach.docx", b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET")
    assert open_source(path).format == "pdf"


def test_a_word_file_named_pdf_is_read_as_word(tmp_path: Path) -> None:
    assert open_source(bad.docx(tmp_path / "ke-hoach.pdf")).format == "docx"


def test_the_name_that_is_shown_can_be_given(tmp_path: Path) -> None:
    content = bad.docx(tmp_path / "x").read_bytes()
    assert open_source(content, name="Kế hoạch.docx").name == "Kế hoạch.docx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_is_read_in_every_form(encoding: str) -> None:
    assert decode_text(SENTENCE.encode(encoding)) == SENTENCE


def test_text_in_windows_1258_is_read_with_its_marks() -> None:
    def letters(text: str) -> str:
        """As Windows-1258 writes: the vowel with its circumflex or breve as one letter, the tone after it."""
        out = ""
        for letter in text:
            parts = unicodedata.normalize("NFD", letter)
            tone = next((p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323"), "")
            out += unicodedata.normalize("NFC", "".join(p for p in parts if p != tone)) + tone
        return out

    assert decode_text(letters(SENTENCE * 3).encode("cp1258")) == SENTENCE * 3


def test_unicode_text_under_an_old_font_name_is_read(tmp_path: Path) -> None:
    body = f'<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>{SENTENCE}</w:t></w:r></w:p>'
    assert [p.text for p in open_source(bad.docx(tmp_path / "a", body)).paragraphs()] == [SENTENCE]


def test_a_title_in_an_old_font_in_a_unicode_document_is_seen(tmp_path: Path) -> None:
    old = "KÕ ho¹ch c¶i tiÕn chÊt l­îng gi¸o dôc"
    body = f'<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr><w:t>{old}</w:t></w:r></w:p>'
    body += f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" * 30
    with pytest.raises(ReadingError) as refused:
        open_source(bad.docx(tmp_path / "a", body))
    assert refused.value.code == "legacy_font"
    assert "TCVN3" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Thầy Müller và cô Françoise dạy 3×4 tiết, ½ ngày, 25°C, «Ngôi nhà», §2, ±5%.",
        "Hoà bình, hoá học, toán, thuỷ, quê, khoẻ, loá, uý.",
        "·Tăng cường ·Bồi dưỡng ·Rà soát ·Xây dựng",
        "Plan d'amélioration: où, été, à, ça, naïve, Noël.",
    ],
)
def test_unicode_text_is_never_taken_for_an_old_font(text: str) -> None:
    assert legacy_encoding(text) is None


def test_a_text_file_of_nothing_but_its_mark_is_empty() -> None:
    assert refusal_of(b"\xef\xbb\xbf \r\n") == "empty"


def test_the_two_old_encodings_are_told_apart() -> None:
    assert legacy_encoding("C¸n bé qu¶n lý, gi¸o viªn, nh©n viªn vµ häc sinh cña nhµ tr­êng") == "TCVN3 (ABC)"
    assert legacy_encoding("Caùn boä quaûn lyù, giaùo vieân, nhaân vieân vaø hoïc sinh cuûa nhaø tröôøng") == "VNI"


@pytest.mark.parametrize("word", SENTENCE.replace(",", "").replace(";", "").replace(".", "").split())
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


def test_garbled_words_are_not_syllables() -> None:
    assert vietnamese_share("KÕ ho¹ch tr­êng gi¸o") < 0.5


def refusal_of(content: bytes) -> str | None:
    try:
        open_source(content)
    except ReadingError as error:
        return error.code
    return None


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    assert refusal_of(content) in {None, *SENTENCES}


@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"<html"]),
    st.binary(max_size=400),
)
def test_a_file_that_begins_like_another_is_refused(start: bytes, rest: bytes) -> None:
    assert refusal_of(start + rest) in SENTENCES
