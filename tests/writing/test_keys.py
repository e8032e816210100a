"""A DOCX says which field each cell came from, so that what Word changed can be read back."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from caitien import writing
from caitien.writing.keys import read_keys
from writing.files import W, docx_xml
from writing.sample_plan import sample_plan


@pytest.mark.parametrize("form", [f.id for f in writing.list_forms()])
def test_cells_carry_the_pointer_of_their_field(form):
    plan = sample_plan()
    keys = read_keys(writing.write(plan, form, "docx"))
    for index, action in enumerate(plan.actions):
        assert keys[f"actions/{index}/period/text"] == [action.period.text]
        assert keys[f"actions/{index}/content"] == [action.content]


def test_an_empty_cell_has_its_key_too():
    keys = read_keys(writing.write(sample_plan(), "tt57-bieu-2", "docx"))
    assert keys["actions/12/objective"] == []
    assert keys["monitoring/0/result"] == []


def test_what_was_typed_in_word_is_read_back():
    content = writing.write(sample_plan(), "tt57-bieu-2", "docx")
    edited = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("Trước 15/10/2026", "Trước 30/10/2026"))
    assert read_keys(edited.getvalue())["actions/1/period/text"] == ["Trước 30/10/2026"]


def test_keys_have_ids_of_their_own_and_lock_nothing():
    root = docx_xml(writing.write(sample_plan(), "tt57-bieu-2", "docx"))
    ids = [e.get(f"{W}val") for e in root.iter(f"{W}id")]
    assert len(ids) == len(set(ids)) > 100
    assert not list(root.iter(f"{W}lock"))


def test_python_docx_sees_every_word_of_a_keyed_cell():
    import docx

    table = docx.Document(BytesIO(writing.write(sample_plan(), "tt57-bieu-2", "docx"))).tables[2]
    assert table.rows[2].cells[5].text == "Trước 15/10/2026"
