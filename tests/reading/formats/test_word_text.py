"""Text of a Word file as a reader of the paper sees it: list numbers, breaks, tracked changes, hidden text, boxes."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from caitien.reading.opening import open_source
from caitien.reading.source import SourceDocument
from reading.bad_input.bad_files import RELATIONS, docx

W14 = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml"'


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def lines(document: SourceDocument) -> list[str]:
    return [x.text for x in document.paragraphs()]


def read(tmp_path: Path, body: str) -> SourceDocument:
    return open_source(docx(tmp_path / "a.docx", body))


def numbered(tmp_path: Path, body: str, numbering: str) -> list[str]:
    root = '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    relations = RELATIONS.format(kind="numbering", target="numbering.xml")
    extra = {
        "word/numbering.xml": f"{root}{numbering}</w:numbering>".encode(),
        "word/_rels/document.xml.rels": relations.encode(),
    }
    return lines(open_source(docx(tmp_path / "a.docx", body, extra=extra)))


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(r(text) if text else "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, format: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>'


def list_of(*levels: str, overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def test_lists_of_words_own_styles_get_their_bullets_and_numbers(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Rà soát", style="List Bullet")
    document.add_paragraph("Bước một", style="List Number")
    document.add_paragraph("Bước hai", style="List Number")
    document.save(tmp_path / "a.docx")
    assert lines(open_source(tmp_path / "a.docx")) == ["- Rà soát", "1. Bước một", "2. Bước hai"]


def test_levels_count_under_each_other(tmp_path: Path) -> None:
    levels = list_of(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
    body = item("A") + item("B", 1) + item("C", 2) + item("D", 2) + item("E", 1) + item("F") + item("G", 1)
    assert numbered(tmp_path, body, levels) == ["1. A", "1.1. B", "a) C", "b) D", "1.2. E", "2. F", "2.1. G"]


@pytest.mark.parametrize(
    ("format", "text", "wanted"),
    [
        ("upperRoman", "%1.", ["I. a", "II. a", "III. a", "IV. a"]),
        ("lowerRoman", "(%1)", ["(i) a", "(ii) a", "(iii) a", "(iv) a"]),
        ("upperLetter", "%1.", ["A. a", "B. a", "C. a", "D. a"]),
        ("decimalZero", "%1", ["01 a", "02 a", "03 a", "04 a"]),
        ("decimal", "Tiêu chí %1:", ["Tiêu chí 1: a", "Tiêu chí 2: a", "Tiêu chí 3: a", "Tiêu chí 4: a"]),
        ("bullet", "\uf0b7", ["- a"] * 4),
        ("bullet", "+", ["+ a"] * 4),
        ("none", "", ["a"] * 4),
    ],
)
def test_numbers_are_drawn_as_their_format_says(format: str, text: str, wanted: list[str], tmp_path: Path) -> None:
    assert numbered(tmp_path, item("a") * 4, list_of(level(0, format, text))) == wanted


def test_a_list_that_restarts_counts_from_its_start(tmp_path: Path) -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("a") + item("b") + item("c", number=2) + item("d", number=2)
    assert numbered(tmp_path, body, list_of(level(0, "decimal", "%1."), overrides=again)) == [
        "1. a",
        "2. b",
        "1. c",
        "2. d",
    ]


def test_a_number_alone_in_a_cell_is_read(tmp_path: Path) -> None:
    cells = f"<w:tc>{item('')}</w:tc><w:tc>{p(r('Việc'))}</w:tc>"
    relations = RELATIONS.format(kind="numbering", target="numbering.xml")
    root = '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    extra = {
        "word/numbering.xml": f"{root}{list_of(level(0, 'decimal', '%1'))}</w:numbering>".encode(),
        "word/_rels/document.xml.rels": relations.encode(),
    }
    path = docx(tmp_path / "a.docx", f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>", extra=extra)
    (table,) = open_source(path).tables()
    assert [c.text for c in table.cells] == ["1", "Việc", "2", "Việc"]


def test_inserted_text_is_kept_deleted_text_is_not_and_it_is_said(tmp_path: Path) -> None:
    body = p(r("Hạn ") + f"<w:ins>{r('30/11')}</w:ins><w:del><w:r><w:delText>15/10</w:delText></w:r></w:del>")
    document = read(tmp_path, body)
    assert lines(document) == ["Hạn 30/11"]
    assert "Track Changes" in document.notes[0]


def test_hidden_text_is_not_read_and_it_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, p(r("Công khai") + r(" nội bộ", "<w:vanish/>")))
    assert lines(document) == ["Công khai"]
    assert "chữ ẩn" in document.notes[0]


def test_breaks_tabs_and_special_letters_are_read(tmp_path: Path) -> None:
    special = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert lines(read(tmp_path, p(special + symbol))) == ["a\nb\tc-d☑"]


def test_links_fields_and_smart_tags_give_their_text(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>' + r("7")
    body = p(
        f"<w:hyperlink>{r('a')}</w:hyperlink><w:smartTag>{r('b')}</w:smartTag><w:fldSimple>{r('c')}</w:fldSimple>{field}"
    )
    assert lines(read(tmp_path, body)) == ["abc7"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p(r('Trong khung'))}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent {W14}><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read(tmp_path, p(r("Trước") + f"<w:r>{drawing}</w:r>"))) == ["Trước", "Trong khung"]


def test_marks_written_apart_become_one_letter(tmp_path: Path) -> None:
    assert lines(read(tmp_path, p(r("Ke\u0302\u0301  hoa\u0323ch\u00a0\u200b")))) == ["Kế hoạch"]


def test_a_paragraph_knows_whether_it_is_bold_and_centred(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("đậm").bold = True
    mixed = document.add_paragraph("thường ")
    mixed.add_run("đậm").bold = True
    document.add_heading("Đầu mục", level=1)
    document.add_paragraph("giữa").alignment = 1
    document.save(tmp_path / "a.docx")
    found = list(open_source(tmp_path / "a.docx").paragraphs())
    assert [x.bold for x in found] == [True, False, True, False]
    assert [x.centred for x in found] == [False, False, False, True]


def test_page_breaks_are_counted(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("hai")
    document.save(tmp_path / "a.docx")
    read_again = open_source(tmp_path / "a.docx")
    assert [x.page for x in read_again.paragraphs()] == [1, 2]
    assert read_again.pages == 2
    assert len(read_again.page_sizes) == 2


def test_breaks_that_word_drew_are_not_counted_twice(tmp_path: Path) -> None:
    body = p(r("một") + '<w:r><w:br w:type="page"/></w:r>') + p("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>")
    assert [x.page for x in read(tmp_path, body).paragraphs()] == [1, 2]


def test_the_strict_kind_of_docx_is_read(tmp_path: Path) -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        "<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p></w:body></w:document>"
    )
    assert lines(open_source(docx(tmp_path / "a.docx", strict.encode()))) == ["Kế hoạch"]
