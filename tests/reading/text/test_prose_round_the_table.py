"""What stands before and after the table of a fallen text: paragraphs, page numbers, electronic signatures."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.reading.fallen_text.lines import split_lines
from caitien.reading.fallen_text.prose import paragraphs_of
from caitien.reading.opening import open_source

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def _paragraphs(name: str) -> list[str]:
    return [p.text.replace("\n", " ") for p in open_source(SAMPLES / name).paragraphs()]


def test_lines_that_the_page_broke_are_one_paragraph() -> None:
    texts = _paragraphs("suoi-hoa-2025-2026.txt")
    assert "- Tham gia giám sát kế hoạch cải tiến chất lượng của nhà trường theo đúng tiến độ." in texts
    assert any(t.startswith("- Mức 4:") and t.endswith("tỉ lệ 40% (tiêu chí 1, 3).") for t in texts)


def test_a_line_indented_like_a_first_line_goes_on_after_an_empty_line() -> None:
    (purpose,) = [t for t in _paragraphs("suoi-hoa-2025-2026.txt") if t.startswith("1. Xây dựng kế hoạch")]
    assert purpose.endswith("từng bước nâng cao chất lượng giáo dục.")


def test_headings_and_recipients_stand_alone() -> None:
    texts = _paragraphs("suoi-hoa-2025-2026.txt")
    assert "VI. TỔ CHỨC THỰC HIỆN" in texts
    assert texts[texts.index("Nơi nhận:") + 1 :][:3] == ["- Hội đồng TĐG;", "- CBGVNV trường;", "- Lưu: VT."]


def test_electronic_signatures_are_taken_out_of_the_prose() -> None:
    document = open_source(SAMPLES / "suoi-hoa-2025-2026.txt")
    assert [(s.name, s.time) for s in document.signatures] == [
        ("lanchi.suoihoa@example.org", "2026-01-16T09:12:30+0700"),
        ("vanthu.suoihoa@example.org", "2026-01-16T09:30:05+0700"),
    ]
    assert not any("@" in p.text for p in document.paragraphs())


def test_page_numbers_between_form_feeds_are_left_out() -> None:
    lines = split_lines("Một\n1\n\fHai\n2\n\fBa\n3\n")
    assert [line.text for line in lines] == ["Một", "Hai", "Ba"]
    assert [line.page for line in lines] == [1, 2, 3]


def test_a_row_number_at_the_top_of_a_page_is_no_page_number() -> None:
    lines = split_lines("Một\n\n\n\n7\n\nHai\n\n\n\n9\n\nBa\n")
    assert [line.text for line in lines] == ["Một", "7", "Hai", "9", "Ba"]


def test_a_label_against_a_full_stop_is_a_word_of_its_own() -> None:
    (line,) = split_lines("nâng cao.1.5")
    assert line.words == ["nâng", "cao.", "1.5"]
    assert line.piece(0, 3) == "nâng cao.1.5"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aăâ bcdđ.,;:-ÁB1 "), max_size=30), max_size=25))
def test_no_word_of_any_prose_is_lost(raw: list[str]) -> None:
    text = "\n".join(raw)
    lines = split_lines(text)
    if len({line.page for line in lines}) == 1:
        assert " ".join(p.text for p in paragraphs_of(lines)).split() == text.split()


def test_a_form_feed_ends_a_line_too() -> None:
    assert [(line.text, line.page) for line in split_lines("Một\fHai\f")] == [("Một", 1), ("Hai", 2)]
