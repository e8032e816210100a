"""People judge; a "met" needs a text and a verified evidence, and each lack is named by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from caitien.assessment.judging import judgement_findings, judgements_of
from caitien.assessment.model import SelfAssessment
from caitien.standards import load

FRAMEWORK = load("tt57-2026-pho-thong")


def _made(*criteria: dict[str, Any], evidence: list[dict[str, Any]] | None = None) -> SelfAssessment:
    return SelfAssessment.model_validate({"criteria": list(criteria), "evidence": evidence or []})


def _level(level: int, judged: str | None, text: str | None = "Đã làm tốt.") -> dict[str, Any]:
    return {"level": level, "judged": judged, "description": text}


PROOF = {"code": "MC.1.3.01", "name": "Kế hoạch", "state": "verified", "criteria": ["1.3"]}


def _rules(made: SelfAssessment, on: date | None = None) -> list[str]:
    return [one.rule for one in judgement_findings(made, FRAMEWORK, on)]


def test_what_people_judged_goes_to_the_engine_as_it_is() -> None:
    made = _made(
        {
            "code": "1.3",
            "levels": [_level(1, "met"), _level(2, "not_met")],
            "requirements": [{"code": "1.3.M1.a", "judged": "met"}],
        },
        {"code": "1.1", "levels": [_level(1, None)]},
    )
    judgements = judgements_of(made, FRAMEWORK)
    assert judgements.levels == {"1.3": {1: "met", 2: "not_met"}}
    assert judgements.requirements == {"1.3.M1.a": "met"}


def test_a_met_with_text_and_verified_evidence_has_no_fault() -> None:
    assert _rules(_made({"code": "1.3", "levels": [_level(1, "met")]}, evidence=[PROOF])) == []


def test_evidence_cited_in_the_text_of_the_level_proves_it_too() -> None:
    linked_elsewhere = PROOF | {"criteria": ["1.1"]}
    text = "Đã làm (MC.1.3.01)."
    assert _rules(_made({"code": "1.3", "levels": [_level(1, "met", text)]}, evidence=[linked_elsewhere])) == []


def test_each_lack_is_named_by_itself() -> None:
    made = _made({"code": "1.3", "levels": [_level(1, "met", " … ")]})
    messages = [one.message for one in judgement_findings(made, FRAMEWORK)]
    assert messages == [
        "Tiêu chí 1.3, Mức 1: nhận định đạt nhưng chưa viết hiện trạng, kết quả.",
        "Tiêu chí 1.3, Mức 1: nhận định đạt nhưng chưa có minh chứng nào.",
    ]


def test_evidence_that_is_not_verified_or_expired_proves_nothing() -> None:
    criterion = {"code": "1.3", "levels": [_level(1, "met")]}
    assert _rules(_made(criterion, evidence=[PROOF | {"state": "submitted"}])) == ["met-without-verified"]
    old = _made(criterion, evidence=[PROOF | {"valid_until": "2026-01-01"}])
    assert _rules(old, date(2026, 1, 2)) == ["met-without-verified"]
    assert _rules(old, date(2026, 1, 1)) == []


def test_not_met_needs_no_proof() -> None:
    assert _rules(_made({"code": "1.3", "levels": [_level(1, "not_met", None)]})) == []


def test_a_higher_level_is_not_met_above_one_that_is_not() -> None:
    made = _made({"code": "1.3", "levels": [_level(2, "met"), _level(1, "not_met")]}, evidence=[PROOF])
    assert _rules(made) == ["level-out-of-order"]


def test_what_the_framework_does_not_have_is_said_and_not_counted() -> None:
    made = _made(
        {"code": "9.9", "levels": [_level(1, "met")]},
        {"code": "1.3", "levels": [_level(4, "not_met")], "requirements": [{"code": "1.3.x", "judged": "met"}]},
        {"code": "1.3"},
    )
    assert _rules(made).count("not-in-framework") == 3
    assert "criterion-twice" in _rules(made)
    judgements = judgements_of(made, FRAMEWORK)
    assert not judgements.levels
    assert not judgements.requirements


def test_only_what_is_proven_counts_when_asked() -> None:
    made = _made({"code": "1.3", "levels": [_level(1, "met"), _level(2, "not_met")]})
    assert judgements_of(made, FRAMEWORK, proven_only=True).levels == {"1.3": {1: "not_judged", 2: "not_met"}}


def test_items_of_level_four_are_judged_as_well() -> None:
    old = load("tt17-2018-tieu-hoc")
    made = _made({"code": "M4.1", "levels": [_level(4, "not_met")]})
    assert judgements_of(made, old).levels == {"M4.1": {4: "not_met"}}
