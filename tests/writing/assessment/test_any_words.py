"""Whatever a school typed, its papers can be written, and Word gets XML that it can read."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessment.invented_assessment import small_assessment
from caitien.writing import assessment as papers
from caitien.writing.document import plain_lines
from writing.files import docx_xml

WORDS = st.text(max_size=40)
FORMS = ("tt57-bieu-1", "criterion-sheet", "council-decision", "assessment-plan", "evidence-list")


@settings(max_examples=20, deadline=None)
@example(words="\x08", more="\ufffe", form="tt57-bieu-1")
@example(words='"}#panic()', more="2026-2027", form="evidence-list")
@given(words=WORDS, more=WORDS, form=st.sampled_from(FORMS))
def test_any_words_can_be_written(words, more, form):
    value = small_assessment(school_year=more or None, abbreviations={words: more})
    value.school.name = words
    value.document.place = more
    value.council.members[0].name = words
    value.council.groups[1].criteria = [words, "1.1"]
    value.criteria[0].levels[0].description = f"{words} (MC.1.1.01) {more}"
    value.criteria[0].writers = [more]
    value.standards[0].weaknesses[0].criteria = [words]
    value.evidence[0].code = words
    value.evidence[1].place = f"https://x.example/{more}"
    value.tables[1].table = words
    value.tables[2].cells[words] = {more: 1.5}
    document = papers.build(value, form, papers.Asked(criterion="1.1" if form == "criterion-sheet" else None))
    content = papers.render(document, "docx")
    assert docx_xml(content) is not None
    assert all("\x00" not in line for line in plain_lines(document))
    if form != "tt57-bieu-1":  # its DOCX has been through Typst already, for the pages of its list of contents
        assert papers.render(document, "pdf").startswith(b"%PDF")
