"""Layouts that no one drew by hand: the columns, headings, merges, conventions and formats are drawn at random by a seed."""

from __future__ import annotations

import pytest

from caitien.reading import read_plan
from reading.cases.layouts import layout
from reading.cases.older_layouts import older_layout
from reading.cases.scoring import score


@pytest.mark.parametrize("seed", [*range(30), 98, 254])
def test_a_layout_of_this_seed_is_read_to_the_bar(seed: int) -> None:
    sample = layout(seed)
    result = score(sample.expected(), read_plan(sample.data, sample.name).plan.to_dict())
    assert result.reaches_the_bar, "\n".join([sample.troubles, str(result), *result.misses])


def test_the_same_seed_gives_the_same_document() -> None:
    assert layout(4).data == layout(4).data


@pytest.mark.parametrize("seed", range(24))
def test_an_older_layout_of_this_seed_is_read_to_the_bar(seed: int) -> None:
    sample = older_layout(seed)
    result = score(sample.expected(), read_plan(sample.data, sample.name).plan.to_dict())
    assert result.reaches_the_bar, "\n".join([sample.troubles, str(result), *result.misses])
