"""The packaged files against the research they were made from, where that lies beside the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from caitien import standards

RESEARCH = Path(__file__).resolve().parents[3] / "shared" / "domain" / "frameworks"
SOURCES = {
    "tt57-mam-non": "tt57-2026-mam-non",
    "tt57-pho-thong": "tt57-2026-pho-thong",
    "tt57-gdtx": "tt57-2026-gdtx",
    "tt17-tieu-hoc": "tt17-2018-tieu-hoc",
    "tt18-trung-hoc": "tt18-2018-trung-hoc",
    "tt19-mam-non": "tt19-2018-mam-non",
}


def of_research(source: dict[str, Any]) -> list[tuple[Any, ...]]:
    criteria = [c for standard in source["standards"] for c in standard["criteria"]]
    lines: list[tuple[Any, ...]] = [(c["code"], c["title"], c.get("mandatory", False)) for c in criteria]
    requirements = [r for c in criteria for level in c["levels"] for r in level["requirements"]]
    for requirement in (*requirements, *source.get("level_4", [])):
        lines.append((requirement["code"], requirement["summary"]))
        lines += [
            (q["metric"], q["operator"], q["value"], q["unit"], q.get("applies_to"))
            for q in requirement.get("quantitative", [])
        ]
    lines += [(i["code"], i["metric"], i["unit"], i.get("note")) for c in criteria for i in c.get("indicators", [])]
    return lines


def of_package(framework: standards.Framework) -> list[tuple[Any, ...]]:
    lines: list[tuple[Any, ...]] = [(c.code, c.title, c.mandatory) for c in framework.criteria]
    for criterion in (*framework.criteria, *framework.level_items):
        for requirement in criterion.requirements:
            lines.append((requirement.code, requirement.text))
            lines += [(t.metric, t.operator, t.value, t.unit, t.applies_to) for t in requirement.thresholds]
    lines += [(i.code, i.name, i.unit, i.note) for c in framework.criteria for i in c.indicators]
    return lines


@pytest.mark.skipif(not RESEARCH.is_dir(), reason="the research is not part of the repository")
@pytest.mark.parametrize(("source", "framework_id"), SOURCES.items())
def test_nothing_was_lost_or_changed_on_the_way(source: str, framework_id: str) -> None:
    researched = yaml.safe_load((RESEARCH / f"{source}.yaml").read_text(encoding="utf-8"))
    assert of_package(standards.load(framework_id)) == of_research(researched)
