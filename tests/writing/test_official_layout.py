"""Paper, margins, faces, page numbers and headers after Nghị định 30/2020."""

from __future__ import annotations

from io import BytesIO

import docx
import pdfplumber
import pytest
from docx.enum.section import WD_ORIENT

from caitien import writing
from caitien.writing.document import Letterhead, SignatureBlock
from writing.files import W, docx_xml
from writing.sample_plan import sample_plan

FORMS = [form.id for form in writing.list_forms()]


def word(form: str, **changes):
    return docx.Document(BytesIO(writing.write(sample_plan(**changes), form, "docx")))


@pytest.mark.parametrize("form", FORMS)
def test_word_pages_are_a4_with_the_margins_of_the_decree(form):
    for section in word(form).sections:
        assert sorted((round(section.page_width.mm), round(section.page_height.mm))) == [210, 297]
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_bieu_2_is_landscape():
    assert [s.orientation for s in word("tt57-bieu-2").sections] == [WD_ORIENT.LANDSCAPE]
    with pdfplumber.open(BytesIO(writing.write(sample_plan(), "tt57-bieu-2", "pdf"))) as pdf:
        assert all(page.width > page.height for page in pdf.pages)


def test_the_plan_by_progress_turns_the_paper_for_its_table_only():
    turned = [s.orientation for s in word("plan-progress").sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    with pdfplumber.open(BytesIO(writing.write(sample_plan(), "plan-progress", "pdf"))) as pdf:
        shapes = [page.width > page.height for page in pdf.pages]
    assert shapes[0] is False
    assert shapes[-1] is False
    assert any(shapes)


@pytest.mark.parametrize("form", FORMS)
def test_the_first_page_has_no_number(form):
    sections = word(form).sections
    assert sections[0].different_first_page_header_footer
    assert "PAGE" in "".join(t.text for t in sections[0].header._element.iter(f"{W}instrText"))
    with pdfplumber.open(BytesIO(writing.write(sample_plan(), form, "pdf"))) as pdf:
        for page in pdf.pages:
            top = page.crop((0, 0, page.width, 20 / 25.4 * 72)).extract_text().strip()
            assert top == ("" if page.page_number == 1 else str(page.page_number))


@pytest.mark.parametrize("form", FORMS)
def test_only_the_faces_of_the_package_are_in_the_pdf(form):
    with pdfplumber.open(BytesIO(writing.write(sample_plan(), form, "pdf"))) as pdf:
        faces = {c["fontname"].split("+")[-1] for page in pdf.pages for c in page.chars}
    assert faces <= {f"LiberationSerif{look}" for look in ("", "-Bold", "-Italic", "-BoldItalic")}


@pytest.mark.parametrize("form", FORMS)
def test_word_uses_times_new_roman_in_vietnamese(form):
    styles = docx_xml(writing.write(sample_plan(), form, "docx"), "word/styles.xml")
    fonts = next(styles.iter(f"{W}rFonts"))
    assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert next(styles.iter(f"{W}lang")).get(f"{W}val") == "vi-VN"


@pytest.mark.parametrize("form", FORMS)
def test_headers_of_tables_are_repeated_on_every_page(form):
    content = writing.write(sample_plan(), form, "docx")
    ruled = [t for t in docx_xml(content).iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption") is not None]
    assert all(t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for t in ruled)
    with pdfplumber.open(BytesIO(writing.write(sample_plan(), form, "pdf"))) as pdf:
        header = next(t for t in writing.build(sample_plan(), form).tables() if t.main).header[0].cells[3].text
        pages = [page for page in pdf.pages if len(page.extract_tables()) and len(page.extract_tables()[-1][0]) >= 9]
        assert len(pages) >= 2
        assert all(header.split()[0] in page.extract_text() for page in pages)


def test_widths_of_columns_are_those_of_the_form():
    table = word("tt57-bieu-2").tables[2]
    widths = [column.width.mm for column in table.columns]
    assert sum(widths) == pytest.approx(252, abs=1)
    assert widths[3] == max(widths)


def test_the_letterhead_names_the_nation_and_writes_the_date_with_its_zero():
    head = writing.build(sample_plan(), "tt57-bieu-2").blocks[0]
    assert isinstance(head, Letterhead)
    assert head.nation == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert head.motto == "Độc lập - Tự do - Hạnh phúc"
    assert head.parent == "ỦY BAN NHÂN DÂN XÃ MƯỜNG SANG"
    assert head.issuer == "TRƯỜNG TIỂU HỌC HOA BAN TRẮNG"
    assert head.place_and_date == "Mường Sang, ngày 05 tháng 9 năm 2026"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2027-02-15", "ngày 15 tháng 02 năm 2027"),
        ("2026-11-03", "ngày 03 tháng 11 năm 2026"),
        (None, "ngày …… tháng …… năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_take_a_zero(date, said):
    plan = sample_plan()
    plan.document.date = date
    head = writing.build(plan, "plan-weakness").blocks[0]
    assert head.place_and_date == f"Mường Sang, {said}"


def test_the_last_recipient_is_the_archive():
    block = writing.build(sample_plan(), "tt57-bieu-2").blocks[-1]
    assert isinstance(block, SignatureBlock)
    assert block.recipients == ("- UBND xã Mường Sang (để báo cáo);", "- Hội đồng tự đánh giá;", "- Lưu: VT.")
    assert (block.role, block.name) == (("HIỆU TRƯỞNG",), "Đặng Thị Ngọc Ánh")


def test_the_file_says_what_it_is():
    properties = word("tt57-bieu-2").core_properties
    assert properties.title == "Kế hoạch cải tiến chất lượng năm học 2026-2027"
    assert properties.author == "Trường Tiểu học Hoa Ban Trắng"
    assert properties.language == "vi-VN"


def test_every_vietnamese_letter_is_in_the_faces():
    import unicodedata

    letters = [
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    ]
    text = " ".join([*letters, "đ", "Đ"])
    plan = sample_plan(actions=[{"content": text, "weakness": "a\u0302\u0301"}])
    with pdfplumber.open(BytesIO(writing.write(plan, "plan-weakness", "pdf"))) as pdf:
        found = "".join(page.extract_text() for page in pdf.pages)
    assert set(text) - {" "} <= set(found)
    assert "ấ" in found
