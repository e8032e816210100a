"""Evidence: what is cited and not there, there and never cited, unverified, expired, doubled, each with its place."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.evidence_health import citations, evidence_findings
from caitien.assessment.findings import Finding
from caitien.assessment.model import (
    CriterionReview,
    EvidenceEntry,
    LevelReview,
    SelfAssessment,
    StandardReview,
    Weakness,
)
from caitien.assessment.texts import texts_of
from caitien.standards import load

FRAMEWORK = load("tt57-2026-pho-thong")
OLD = load("tt17-2018-tieu-hoc")
TODAY = date(2026, 5, 20)


def _made(description: str = "", *evidence: EvidenceEntry, judged: str | None = None) -> SelfAssessment:
    level = LevelReview(level=1, description=description, judged=judged)  # type: ignore[arg-type]
    return SelfAssessment(
        framework=FRAMEWORK.id, criteria=[CriterionReview(code="1.3", levels=[level])], evidence=list(evidence)
    )


def _entry(code: str | None = "MC.1.3.01", name: str = "Kế hoạch năm học", **more: object) -> EvidenceEntry:
    values: dict[str, object] = {"code": code, "name": name, "state": "verified", "criteria": ["1.3"]}
    return EvidenceEntry.model_validate(values | more)


def _found(assessment: SelfAssessment, rule: str) -> list[Finding]:
    return [one for one in evidence_findings(assessment, FRAMEWORK, TODAY) if one.rule == rule]


def test_a_verified_evidence_cited_where_it_belongs_is_well() -> None:
    found = evidence_findings(_made("Trường có kế hoạch (MC.1.3.01).", _entry()), FRAMEWORK, TODAY)
    assert {one.rule for one in found} == {"criterion-without-evidence"}  # of the other fourteen criteria
    assert len(found) == 14


def test_a_code_that_does_not_exist_is_said_with_its_letters() -> None:
    text = "Kế hoạch được duyệt (MC.1.3.07)."
    (one,) = _found(_made(text), "cited-but-missing")
    assert one.severity == "error"
    assert one.message == "Tiêu chí 1.3, Mức 1: viện dẫn MC.1.3.07 nhưng danh mục không có minh chứng này."
    assert text[one.place.start : one.place.end] == "MC.1.3.07"


@pytest.mark.parametrize(
    ("change", "rule", "severity"),
    [
        ({"state": "submitted"}, "not-verified", "warning"),
        ({"state": "rejected"}, "rejected-but-cited", "error"),
        ({"state": "replaced"}, "replaced-but-cited", "warning"),
        ({"state": "expired"}, "expired-but-cited", "warning"),
        ({"valid_until": "2026-05-19"}, "expired-but-cited", "warning"),
    ],
)
def test_a_cited_evidence_that_does_not_hold_is_said(change: dict[str, str], rule: str, severity: str) -> None:
    (one,) = _found(_made("Có (MC.1.3.01).", _entry(**change)), rule)
    assert one.severity == severity
    assert one.place.evidence == 0
    assert one.place.level == 1


def test_the_last_day_of_an_evidence_still_counts() -> None:
    assert not _found(_made("Có (MC.1.3.01).", _entry(valid_until="2026-05-20")), "expired-but-cited")


def test_evidence_nobody_cites_and_evidence_of_no_criterion_are_said() -> None:
    made = _made("Không có gì.", _entry(criteria=[], state="submitted"))
    assert _found(made, "never-cited")
    assert _found(made, "evidence-without-criterion")
    assert [one.severity for one in _found(made, "not-verified")] == ["hint"]


def test_rejected_evidence_nobody_cites_troubles_nobody() -> None:
    made = _made("Không.", _entry(state="rejected"))
    rules = {one.rule for one in evidence_findings(made, FRAMEWORK, TODAY)}
    assert rules == {"criterion-without-evidence"}


def test_a_criterion_judged_met_without_any_evidence_is_an_error() -> None:
    found = {one.place.criterion: one for one in _found(_made("Tốt.", judged="met"), "criterion-without-evidence")}
    assert found["1.3"].severity == "error"
    assert found["1.1"].severity == "warning"
    assert len(found) == 15


def test_the_same_code_twice_is_an_error() -> None:
    (one,) = _found(_made("", _entry(), _entry(name="Biên bản họp hội đồng")), "same-code-twice")
    assert one.message.startswith("Mã MC.1.3.01 dùng cho hai minh chứng: “Kế hoạch năm học” và “Biên bản họp hội đồng”")


@pytest.mark.parametrize(
    ("first", "second", "doubled"),
    [
        ({"name": "Kế hoạch giáo dục nhà trường"}, {"name": "Kế hoạch giáo dục nhà trưòng"}, True),
        ({"name": "Biên bản họp tháng 9"}, {"name": "Biên bản họp tháng 10"}, False),
        ({"name": "Báo cáo năm học 2024-2025"}, {"name": "Báo cáo năm học 2025-2026"}, False),
        ({"name": "Sổ họp tổ I"}, {"name": "Sổ họp tổ II"}, False),
        (
            {"name": "Quyết định lập hội đồng", "number": "12/QĐ-THCS", "date": "2025-09-10"},
            {"name": "QĐ hội đồng tự đánh giá", "number": "12 / QĐ-THCS", "date": "2025-09-10"},
            True,
        ),
        (
            {"name": "Tờ trình xin kinh phí", "number": "12", "date": "2025-09-10"},
            {"name": "Thông báo nghỉ lễ", "number": "12", "date": "2025-09-10"},
            False,
        ),
        ({"name": "Nghị quyết hội đồng trường"}, {"name": "Nghị quyết hội đồng trường", "date": "2025-01-01"}, False),
    ],
)
def test_one_document_listed_twice_is_asked_about(first: dict[str, str], second: dict[str, str], doubled: bool) -> None:
    made = _made("", _entry(**first), _entry("MC.1.3.02", **second))
    assert bool(_found(made, "same-thing-twice")) is doubled


def test_an_old_code_in_a_text_is_the_evidence_that_has_it_now() -> None:
    made = _made("Theo hồ sơ [H1-1.1-01] thì đủ.", _entry(old_codes=["[H1-1.1-01]"]))
    (one,) = _found(made, "cited-by-old-code")
    assert "mã hiện nay là MC.1.3.01" in one.message
    assert not _found(made, "never-cited")
    assert not _found(made, "not-a-code")


@pytest.mark.parametrize("words", ["MC.1.3.1", "MC 1.3.01", "MC1.3.01", "MC.1-3-01"])
def test_a_code_written_otherwise_is_recognised(words: str) -> None:
    made = _made(f"Xem ({words}) nhé.", _entry())
    (one,) = _found(made, "not-a-code")
    assert one.quote == words
    assert one.message.endswith("Có phải MC.1.3.01?")


def test_texts_of_standards_are_read_too() -> None:
    made = SelfAssessment(
        standards=[
            StandardReview(
                code="1", trend="Tăng (MC.1.1.01).", weaknesses=[Weakness(text="Yếu", cause="Thiếu (MC.1.1.02)")]
            )
        ]
    )
    found = _found(made, "cited-but-missing")
    assert [(one.place.standard, one.place.field) for one in found] == [("1", "weaknesses[0].cause"), ("1", "trend")]
    assert found[0].message.startswith("Tiêu chuẩn 1: ")


def test_a_code_cited_in_a_criterion_it_is_not_listed_for_is_a_hint() -> None:
    made = _made("Có (MC.1.1.01).", _entry("MC.1.1.01", criteria=["1.1"]))
    assert [one.severity for one in _found(made, "cited-not-linked")] == ["hint"]


def test_the_codes_of_2018_are_read_as_well() -> None:
    made = _made("Có quyết định [H1-1.1-02].", _entry("[H1-1.1-01]"))
    found = [one.rule for one in evidence_findings(made, OLD, TODAY)]
    assert "cited-but-missing" in found
    assert "never-cited" in found


def test_ten_thousand_entries_are_looked_through_in_seconds() -> None:
    entries = [
        _entry(f"MC.1.3.{n:02d}", f"Hồ sơ minh chứng của lớp và tổ {chr(97 + n % 26) * (n % 7 + 1)} loại {n}")
        for n in range(5000)
    ]
    entries += [_entry(f"MC.1.1.{n:02d}", "Biên bản sinh hoạt chuyên môn của tổ") for n in range(5000)]
    started = time.perf_counter()
    evidence_findings(_made("", *entries), FRAMEWORK, TODAY)
    assert time.perf_counter() - started < 10  # 1 s on a laptop


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_offsets_are_its_own(text: str) -> None:
    made = _made(text)
    seen = citations(made, FRAMEWORK.evidence)
    texts = {(place.criterion, place.level): words for place, words in texts_of(made)}
    for one in seen.citations:
        assert texts[one.place.criterion, one.place.level][one.place.start : one.place.end] == one.quote
    for place, words in seen.doubtful:
        assert texts[place.criterion, place.level][place.start : place.end] == words


@given(st.lists(st.sampled_from(["MC.1.3.01", "MC.1.3.02", "MC.2.1.10", "và", "theo", "(", ")", ","]), max_size=12))
def test_every_code_in_a_text_is_found_or_said_to_be_missing(words: list[str]) -> None:
    made = _made(" ".join(words), _entry())
    codes = [word for word in words if word.startswith("MC")]
    assert [one.code for one in citations(made, FRAMEWORK.evidence).citations] == codes
    assert len(_found(made, "cited-but-missing")) == sum(code != "MC.1.3.01" for code in codes)
