"""Text that would break a file or be read as commands: it is printed as text, in every form and format."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien import writing
from caitien.writing.text import SUBSTITUTE, clean
from writing.files import docx_text, docx_xml, pdf_text, squeezed
from writing.sample_plan import sample_plan

FORMS = [form.id for form in writing.list_forms()]

TYPST = '#panic("x") $x^2$ *đậm* _nghiêng_ @ref <label> `mã` \\ " #{ } ] ) // chú thích /* */ = Đề mục'
XML = "<w:p>&amp;]]></w:p> & \"'"


def one(text: str):
    return sample_plan(actions=[{"number": 1, "criteria": ["1.1"], "content": text, "weakness": text, "note": text}])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", [TYPST, XML, "a\\u{41}b", "\\", '"', "{{ }}"])
def test_markup_is_printed_as_it_was_written(form, text):
    document = writing.build(one(text), form)
    headers = [squeezed("".join(c.text for row in t.header for c in row.cells)) for t in document.tables()]
    assert squeezed(text) in pdf_text(writing.render(document, "pdf"), headers)
    assert squeezed(text) in docx_text(writing.render(document, "docx"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("file_format", writing.FORMATS)
@pytest.mark.parametrize(
    "text", ["\x00\x01\x0b\x1f\x7f", "\ufffe\uffff", "😀👩‍🏫", "שלום مرحبا \u202eabc", "\u0302", "\t\r\n"]
)
def test_odd_characters_never_break_a_file(form, file_format, text):
    assert writing.write(one(f"trước {text} sau"), form, file_format)


def test_characters_that_xml_forbids_are_shown_as_a_square():
    assert clean("a\x00b\ud800c\uffff") == f"a{SUBSTITUTE}b{SUBSTITUTE}c{SUBSTITUTE}"


def test_letters_in_two_parts_are_joined():
    assert clean("Tie\u0302\u0301ng Vie\u0323\u0302t") == "Tiếng Việt"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=cmd|'/c calc'!A1", '=HYPERLINK("x")'])
def test_a_spreadsheet_never_takes_text_for_a_formula(text):
    book = openpyxl.load_workbook(BytesIO(writing.write(one(text), "plan-weakness", "xlsx")))
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == clean(text).strip()]
    assert len(cells) == 2
    assert all(c.data_type == "s" and c.quotePrefix for c in cells)
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


@pytest.mark.parametrize("file_format", writing.FORMATS)
def test_a_very_long_cell_and_a_word_without_end_are_written(file_format):
    long = "Rà soát, đối chiếu số liệu của nhà trường. " * 70 + "x" * 3000
    content = writing.write(one(long), "tt57-bieu-2", file_format)
    if file_format == "docx":
        assert squeezed(long) in docx_text(content)
    if file_format == "pdf":
        import pdfplumber

        with pdfplumber.open(BytesIO(content)) as pdf:
            assert sum(page.extract_text().count("x") for page in pdf.pages) >= 3000
            inside = [
                c["x1"] <= page.width - 15 / 25.4 * 72 + 1
                for page in pdf.pages
                for c in page.chars
                if c["text"].strip()
            ]
        assert all(inside)


@pytest.mark.parametrize("file_format", writing.FORMATS)
def test_two_hundred_actions_are_written(file_format):
    rows = [dict(row, number=None) for _ in range(16) for row in sample_plan().to_dict()["actions"]][:200]
    content = writing.write(sample_plan(actions=rows), "tt57-bieu-2", file_format)
    if file_format == "docx":
        assert len(list(docx_xml(content).iter("{*}tr"))) > 200


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_makes_three_good_files(text):
    plan = one("x")
    plan.actions[0].content = plan.actions[0].weakness = text
    for file_format in writing.FORMATS:
        content = writing.write(plan, "plan-weakness", file_format)
        if file_format == "docx":
            assert squeezed(clean(text)) in docx_text(content)
