"""Plans laid out at random have people, times and real criteria in every row: no rule may say otherwise."""

from __future__ import annotations

import pytest

from caitien.checking import check
from caitien.reading import read_plan
from checking.building import TODAY
from reading.cases.layouts import layout
from reading.cases.older_layouts import older_layout

TRUE_OF_THEM = {"overdue", "amount-without-source", "source-without-amount"}


@pytest.mark.parametrize("seed", [n for n in range(24) if n % 3 != 2])  # PDF is slow, and read in the tests of reading
@pytest.mark.parametrize("make", [layout, older_layout])
def test_only_what_is_true_is_found(make, seed: int) -> None:  # type: ignore[no-untyped-def]
    sample = make(seed)
    plan = read_plan(sample.data, sample.name).plan
    assert {f.rule for f in check(plan, today=TODAY)} <= TRUE_OF_THEM
