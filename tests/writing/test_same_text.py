"""Every form says the same, in the same order, as DOCX and as PDF: what the document tree says."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest

from caitien import writing
from caitien.writing.document import Document, Table, plain_lines
from writing.files import docx_text, pdf_text, squeezed
from writing.sample_plan import sample_plan

FORMS = [form.id for form in writing.list_forms()]
PLANS = [form.id for form in writing.list_forms() if form.kind == "plan"]


def headers_of(document: Document) -> list[str]:
    return [squeezed("".join(c.text for row in t.header for c in row.cells)) for t in document.tables()]


def test_there_are_three_forms_of_a_plan_and_one_report():
    assert FORMS == ["tt57-bieu-2", "plan-progress", "plan-weakness", "progress-report"]
    assert FORMS[:3] == PLANS


@pytest.mark.parametrize("form", FORMS)
def test_docx_says_what_the_tree_says(form):
    document = writing.build(sample_plan(), form)
    assert docx_text(writing.render(document, "docx")) == squeezed("".join(plain_lines(document)))


@pytest.mark.parametrize("form", FORMS)
def test_pdf_says_what_the_tree_says_and_nothing_more(form):
    """Cells merged down are drawn after their rows, so the words of tables are counted, not lined up."""
    document = writing.build(sample_plan(), form)
    left = pdf_text(writing.render(document, "pdf"), headers_of(document))
    for line in sorted((squeezed(line) for line in plain_lines(document)), key=len, reverse=True):
        assert line in left, line
        left = left.replace(line, "\n", 1)
    assert left.strip() == ""


@pytest.mark.parametrize("form", FORMS)
def test_pdf_says_it_in_the_same_order(form):
    document = writing.build(sample_plan(), form)
    said = pdf_text(writing.render(document, "pdf"), headers_of(document))
    place = 0
    for block in document.blocks:
        texts = (
            [c.text for row in block.header for c in row.cells]
            if isinstance(block, Table)
            else list(plain_lines(Document("", (block,))))
        )
        for text in map(squeezed, texts):
            assert text in said[place:], text
            place = said.index(text, place) + len(text)


@pytest.mark.parametrize("form", FORMS)
def test_cells_of_the_plan_are_the_same_in_pdf_and_in_the_tree(form):
    document = writing.build(sample_plan(), form)
    plan = next(table for table in document.tables() if table.main)
    width = len(plan.widths)
    with pdfplumber.open(BytesIO(writing.render(document, "pdf"))) as pdf:
        tables = [rows for page in pdf.pages for rows in page.extract_tables() if len(rows[0]) == width]
    header = [squeezed(cell.text) for cell in plan.header[0].cells]
    rows = [[squeezed(cell or "") for cell in row] for table in tables for row in table]
    assert sum(row == header for row in rows) == len(tables)
    last = [row[-1] for row in rows if row != header]
    assert last == [squeezed(row.cells[-1].text) for row in plan.rows]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("file_format", writing.FORMATS)
def test_the_same_plan_gives_the_same_document(form, file_format):
    first, second = (writing.write(sample_plan(), form, file_format) for _ in range(2))
    assert file_format == "xlsx" or first == second


@pytest.mark.parametrize("form", PLANS)
def test_every_text_of_the_plan_that_the_form_has_a_column_for_is_there(form):
    said = docx_text(writing.write(sample_plan(), form, "docx"))
    for action in sample_plan().actions:
        assert squeezed(action.content) in said
        assert squeezed(action.period.text) in said
        for text in (*action.responsible, *action.collaborators, *action.measures):
            assert squeezed(text) in said
