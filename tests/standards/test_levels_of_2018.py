"""The level of a school by the circulars of 2018: every criterion, at every level up to it. Naive and ours, compared."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien import standards
from caitien.standards import Judgement, Judgements, judge

FRAMEWORKS = (
    "tt17-2018-tieu-hoc",
    "tt18-2018-trung-hoc",
    "tt19-2018-mam-non",
    "tt17-2024-tieu-hoc",
    "tt18-2024-trung-hoc",
    "tt19-2024-mam-non",
)
Place = tuple[str, int]


def places_of(framework: standards.Framework) -> list[Place]:
    """Every level of every criterion, the items of Level 4 too."""
    return [(c.code, level.level) for c in (*framework.criteria, *framework.level_items) for level in c.levels]


def naive_level(judged: dict[Place, Judgement], *, unknown_is_met: bool) -> int:
    """A school has level n when everything of levels 1 to n is met."""
    good = {"met", "not_judged"} if unknown_is_met else {"met"}
    level = 0
    for number in (1, 2, 3, 4):
        if all(judgement in good for (_, at), judgement in judged.items() if at <= number):
            level = number
    return level


def value(judged: dict[Place, Judgement]) -> Judgements:
    levels: dict[str, dict[int, Judgement]] = {}
    for (code, level), judgement in judged.items():
        levels.setdefault(code, {})[level] = judgement
    return Judgements(levels)


def check(framework: standards.Framework, judged: dict[Place, Judgement]) -> None:
    result = judge(framework, value(judged))
    assert result.level == naive_level(judged, unknown_is_met=False)
    assert result.possible == naive_level(judged, unknown_is_met=True)


@pytest.mark.parametrize("framework_id", FRAMEWORKS)
def test_one_thing_wrong_anywhere(framework_id: str) -> None:
    framework = standards.load(framework_id)
    places = places_of(framework)
    all_met: dict[Place, Judgement] = dict.fromkeys(places, "met")
    check(framework, all_met)
    assert judge(framework, value(all_met)).level == 4
    for place in places:
        check(framework, {**all_met, place: "not_met"})
        check(framework, {**all_met, place: "not_judged"})


def test_two_things_wrong_anywhere() -> None:
    framework = standards.load("tt17-2018-tieu-hoc")
    places = places_of(framework)
    all_met: dict[Place, Judgement] = dict.fromkeys(places, "met")
    words: tuple[Judgement, ...] = ("not_met", "not_judged")
    for n, (one, two) in enumerate(combinations(places, 2)):
        for first, second in product(words, repeat=2):
            if n % 3 == 0 or one[0] == two[0]:
                check(framework, {**all_met, one: first, two: second})


@given(st.sampled_from(FRAMEWORKS), st.data())
@settings(max_examples=200, deadline=None)
def test_any_judgements_whatever(framework_id: str, data: st.DataObject) -> None:
    framework = standards.load(framework_id)
    places = places_of(framework)
    words = st.sampled_from(("met", "met", "met", "met", "met", "met", "not_judged", "not_met"))
    judged = dict(zip(places, data.draw(st.lists(words, min_size=len(places), max_size=len(places))), strict=True))
    check(framework, judged)


def test_level_three_asks_only_for_the_criteria_that_have_it() -> None:
    framework = standards.load("tt17-2018-tieu-hoc")
    upper = {p for p in places_of(framework) if p[1] == 4}
    result = judge(framework, value({p: "met" for p in places_of(framework) if p not in upper}))
    assert (result.level, result.possible) == (3, 4)
    assert "Điều kiện Mức 3 đạt: cả 19 tiêu chí đạt Mức 3." in result.reasons
    assert result.reasons[-1] == (
        "Điều kiện Mức 4 chưa đủ căn cứ: 0 trong 5 mục của Mức 4 đạt Mức 4, cần đủ 5. "
        "Chưa xét: M4.1, M4.2, M4.3, M4.4, M4.5."
    )
