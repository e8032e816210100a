"""Each sample document, ugly as real ones are, is read: every row, no extra row, cells ≥ 0.99, values ≥ 0.97."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from caitien.plan.model import ImprovementPlan
from caitien.reading import read_plan
from reading.cases.scoring import score, words

ROOT = Path(__file__).resolve().parents[3]
ANSWERS = ROOT / "tests" / "data" / "expected"
SHARED = ROOT.parent / "shared" / "cases"

CASES = sorted(p.name.removesuffix(".expected.json") for p in ANSWERS.glob("*.expected.json"))


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], ImprovementPlan]:
    answer = {"doc": {}, **json.loads((ANSWERS / f"{request.param}.expected.json").read_text("utf-8"))}
    return answer, read_plan(ROOT / "samples" / request.param).plan


def test_there_are_samples_of_every_format() -> None:
    assert {name.rsplit(".", 1)[-1] for name in CASES} == {"docx", "pdf", "xlsx", "txt"}


def test_rows_cells_and_values_reach_the_bar(case: tuple[dict[str, Any], ImprovementPlan]) -> None:
    answer, plan = case
    result = score(answer, plan.to_dict())
    assert result.reaches_the_bar, "\n".join([str(result), *result.misses])


def test_the_school_and_the_year_are_found(case: tuple[dict[str, Any], ImprovementPlan]) -> None:
    answer, plan = case
    doc = answer["doc"]
    if "school" in doc:
        assert plan.school_year == doc["school_year"]
        assert words(plan.school.name) == words(doc["school"])
        assert plan.school.level == doc["school_level"]


def test_number_date_and_signer_are_found(case: tuple[dict[str, Any], ImprovementPlan]) -> None:
    answer, plan = case
    doc = answer["doc"]
    if "document_number" in doc:
        assert plan.document.number == doc["document_number"]
    if "date" in doc:
        assert plan.document.date == doc["date"]
        assert words(plan.document.place) == words(doc["place"])
    if "signer" in doc:
        assert words(plan.document.signer.name) == words(doc["signer"]["name"])


def test_what_the_prose_says_is_found(case: tuple[dict[str, Any], ImprovementPlan]) -> None:
    answer, plan = case
    doc = answer["doc"]
    if "legal_numbers" in doc:
        assert set(doc["legal_numbers"]) <= {basis.number for basis in plan.legal_bases}
    if "recipients" in doc:
        assert len(plan.recipients) == doc["recipients"]
    if "level_reached" in doc:
        assert plan.level_reached == doc["level_reached"]
    if "prior_results" in doc:
        assert [[r.level, r.assessed, r.met] for r in plan.prior_results] == doc["prior_results"]


def test_the_issues_and_the_monitoring_of_the_new_form_are_found(
    case: tuple[dict[str, Any], ImprovementPlan],
) -> None:
    answer, plan = case
    wanted = [(words(i["weakness"]), words(i["cause"]), i["criteria"]) for i in answer.get("issues", [])]
    assert [(words(i.weakness), words(i.cause), i.criteria) for i in plan.issues] == wanted
    rounds = [(words(m["round"]), words(m["content"]), words(m["reviewer"])) for m in answer.get("monitoring", [])]
    assert [(words(m.round), words(m.content), words(m.reviewer)) for m in plan.monitoring] == rounds


@pytest.mark.parametrize("answer_file", sorted(SHARED.glob("*.expected.json")), ids=lambda p: p.name)
def test_the_shared_cases_reach_the_bar(answer_file: Path) -> None:
    name = answer_file.name.removesuffix(".expected.json")
    source = next((p for p in (SHARED / name, SHARED.parent / "seeds" / name) if p.exists()), None)
    if source is None:
        pytest.skip("the shared cases are not here")
    answer = json.loads(answer_file.read_text("utf-8"))
    result = score(answer, read_plan(source).plan.to_dict())
    assert result.reaches_the_bar, "\n".join([str(result), *result.misses])
