"""Plans drawn at random, and what an editor may do to one: for the tests of comparing and merging."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from caitien.plan import ImprovementPlan

WORDS = [
    "rà",
    "soát",
    "kế",
    "hoạch",
    "chiến",
    "lược",
    "bồi",
    "dưỡng",
    "giáo",
    "viên",
    "thư",
    "viện",
    "sửa",
    "chữa",
    "phòng",
    "học",
    "nước",
    "sạch",
    "công",
    "khai",
]
texts = st.none() | st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
items = st.lists(st.sampled_from(WORDS), max_size=4)
numbers = st.none() | st.integers(1, 6) | st.sampled_from(["1", "2a", "TT 3"])
money = st.none() | st.sampled_from([0, 5_000_000, 18_500_000])

actions = st.fixed_dictionaries(
    {
        "number": numbers,
        "criteria": st.lists(st.sampled_from(["1.1", "1.2", "2.2", "M4.1"]), max_size=2, unique=True),
        "content": texts,
        "weakness": texts,
        "measures": items,
        "responsible": items,
        "period": st.sampled_from(
            [{}, {"text": "08 – 11", "kind": "month_range", "start": "2025-08", "end": "2025-11"}, {"text": "Hằng năm"}]
        ),
        "resources": st.fixed_dictionaries({"budget_vnd": money, "text": texts}),
        "progress": st.fixed_dictionaries(
            {"status": st.sampled_from([None, "done", "in_progress"]), "percent": st.none() | st.integers(0, 100)}
        ),
    },
    optional={"id": st.sampled_from(["a", "b", "c", "d"]), "continues": st.fixed_dictionaries({"number": numbers})},
)
issues = st.fixed_dictionaries({"number": numbers, "criteria": st.just(["1.1"]), "weakness": texts, "cause": texts})
values = st.fixed_dictionaries(
    {
        "school_year": st.sampled_from([None, "2025-2026", "2026-2027"]),
        "title": texts,
        "purposes": items,
        "recipients": items,
        "document": st.fixed_dictionaries({"number": texts, "signer": st.fixed_dictionaries({"name": texts})}),
        "actions": st.lists(actions, max_size=5),
        "issues": st.lists(issues, max_size=3),
        "monitoring": st.lists(st.fixed_dictionaries({"round": texts, "result": texts}), max_size=2),
    },
    optional={"carried": st.fixed_dictionaries({"from": texts})},
)


def plan(value: dict[str, Any]) -> ImprovementPlan:
    return ImprovementPlan.model_validate(copy.deepcopy(value))


plans = values.map(plan)
