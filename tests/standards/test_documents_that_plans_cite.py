"""Circulars and letters: found however their numbers are written, repealed or not on the day of a paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien import standards


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        ("17/2018/TT-BGDĐT", "Thông tư", "17/2018/TT-BGDĐT"),
        ("số 17/2018/TT- BGDĐT", None, "17/2018/TT-BGDĐT"),
        ("18/2018/TT-\nBGDĐT", None, "18/2018/TT-BGDĐT"),
        ("19/2018/TT-BGD&ĐT", None, "19/2018/TT-BGDĐT"),
        ("19/2018/TT-BGDDT", None, "19/2018/TT-BGDĐT"),
        ("TT 22/2024", None, "22/2024/TT-BGDĐT"),
        ("22/2024", "thông tư", "22/2024/TT-BGDĐT"),
        ("5932/BGDĐT-QLCL", "Hướng dẫn", "5932/BGDĐT-QLCL"),
        ("5932", "Công văn", "5932/BGDĐT-QLCL"),
        ("01/2011/TT-BNV", "Thông tư", "01/2011/TT-BNV"),
        ("47/2012/TT-BNNPTNT", "Thông tư", None),
        ("17/2018/QH14", "Luật", None),
        ("17/2018/NĐ-CP", "Nghị định", None),
        ("17/2018", "Nghị định", None),
        ("17", None, None),
        ("12/KH-THCS", "Kế hoạch", None),
        ("", None, None),
        ("năm học 2025-2026", None, None),
    ],
)
def test_a_document_is_found_by_its_number_as_printed(number: str, kind: str | None, expected: str | None) -> None:
    found = standards.find_document(number, kind)
    assert (found.number if found else None) == expected


def test_a_letter_of_another_year_is_another_letter() -> None:
    assert standards.find_document("5932/BGDĐT-QLCL", "Công văn", date(2018, 12, 28)) is not None
    assert standards.find_document("5932/BGDĐT-QLCL", "Công văn", date(2021, 12, 15)) is None


@pytest.mark.parametrize(
    ("number", "last_day_in_force"),
    [
        ("17/2018/TT-BGDĐT", date(2026, 7, 6)),
        ("18/2018/TT-BGDĐT", date(2026, 7, 6)),
        ("19/2018/TT-BGDĐT", date(2026, 7, 6)),
        ("22/2024/TT-BGDĐT", date(2026, 7, 6)),
        ("42/2012/TT-BGDĐT", date(2026, 7, 6)),
        ("36/2017/TT-BGDĐT", date(2024, 7, 18)),
    ],
)
def test_a_circular_is_repealed_from_its_day_and_not_before(number: str, last_day_in_force: date) -> None:
    document = standards.find_document(number)
    assert document is not None
    assert not document.is_repealed_on(last_day_in_force)
    assert document.is_repealed_on(date.fromordinal(last_day_in_force.toordinal() + 1))
    assert document.repealed_by


def test_the_new_circular_is_in_force() -> None:
    document = standards.find_document("57/2026/TT-BGDĐT")
    assert document is not None
    assert not document.is_repealed_on(date(2030, 1, 1))


def test_the_list_of_the_repealed_grows_with_the_day() -> None:
    before = {d.number for d in standards.repealed_documents(date(2025, 10, 1))}
    after = {d.number for d in standards.repealed_documents(date(2026, 10, 1))}
    assert "17/2018/TT-BGDĐT" not in before
    assert "59/2012/TT-BGDĐT" in before
    assert {"17/2018/TT-BGDĐT", "5932/BGDĐT-QLCL"} | before <= after


def test_each_document_says_how_sure_its_dates_are() -> None:
    marks = {d.number: d.mark for d in standards.legal_documents()}
    assert marks["17/2018/TT-BGDĐT"] == "confirmed"
    assert marks["42/2012/TT-BGDĐT"] == "single"
    assert marks["5932/BGDĐT-QLCL"] == "inferred"


def test_what_repeals_a_document_is_itself_known() -> None:
    numbers = {d.number for d in standards.legal_documents()}
    assert {d.repealed_by for d in standards.legal_documents() if d.repealed_by} <= numbers


def test_the_documents_of_the_frameworks_have_the_same_dates_here() -> None:
    for info in standards.available():
        own = standards.load(info.id).document
        here = standards.find_document(own.number)
        assert here is not None
        assert (here.issued, here.in_force, here.repealed) == (own.issued, own.in_force, own.repealed)


def test_citations_are_found_in_running_text_in_their_order() -> None:
    text = (
        "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22/08/2018; Thông tư số 22/2024/TT-BGDĐT sửa đổi Thông tư số "
        "17/2018/TT-BGDĐT, Thông tư số 18/2018/TT-\nBGDĐT; Hướng dẫn số 5932/BGDĐT-QLCL"
    )
    assert [d.number.split("/")[0] for d in standards.cited_in([text])] == ["17", "22", "18", "5932"]


@given(st.text(max_size=60), st.none() | st.text(max_size=12))
def test_any_text_is_a_known_document_or_none(number: str, kind: str | None) -> None:
    found = standards.find_document(number, kind)
    assert found is None or found in standards.legal_documents()
