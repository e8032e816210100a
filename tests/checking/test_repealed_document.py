"""Circulars that were no longer in force on the day of the document."""

from __future__ import annotations

from caitien.plan.model import LegalBasis, Signature
from checking.building import clean_plan, found


def test_a_circular_cited_after_its_repeal_is_found() -> None:
    plan = clean_plan()
    plan.document.date = "2026-09-15"
    plan.school_year = "2026-2027"
    (finding,) = found(plan, "repealed-document")
    assert finding.severity == "error"
    assert finding.quote == "17/2018/TT-BGDĐT"
    assert "07/07/2026" in finding.message
    assert "57/2026/TT-BGDĐT" in finding.message


def test_a_circular_cited_before_its_repeal_is_in_order() -> None:
    plan = clean_plan()
    plan.document.date = "2026-07-06"
    assert found(plan, "repealed-document") == []
    plan.document.date = "2026-07-07"
    assert len(found(plan, "repealed-document")) == 1


def test_the_day_of_signing_counts_when_the_document_has_no_date() -> None:
    plan = clean_plan()
    plan.document.date = None
    plan.school_year = "2026-2027"
    plan.signatures = [Signature(name="x", time="2026-01-14T10:26:56+07:00")]
    assert found(plan, "repealed-document") == []


def test_the_school_year_counts_less_than_a_date() -> None:
    plan = clean_plan()
    plan.document.date = None
    assert found(plan, "repealed-document") == []
    plan.school_year = "2026-2027"
    (finding,) = found(plan, "repealed-document")
    assert finding.severity == "hint"
    assert "đầu năm học 2026-2027" in finding.message


def test_a_circular_cited_twice_is_found_once_and_unknown_ones_are_left_alone() -> None:
    plan = clean_plan()
    plan.document.date = "2026-09-15"
    plan.legal_bases += [
        LegalBasis(kind="Thông tư", number="17/2018/TT- BGDĐT"),
        LegalBasis(kind="Thông tư", number="57/2026/TT-BGDĐT"),
        LegalBasis(kind="Công văn", number="1234/SGDĐT-GDTH"),
        LegalBasis(kind="Báo cáo", number=None, subject="Báo cáo tự đánh giá"),
    ]
    assert len(found(plan, "repealed-document")) == 1
