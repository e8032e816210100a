"""The level of a school by Thông tư 57/2026, Điều 5, against a second, deliberately naive statement of its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien import standards
from caitien.standards import Judgement, Judgements, judge

MANDATORY = ("1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")
OTHERS = ("1.1", "1.2", "2.3", "3.3", "3.4", "3.5", "4.3")
FRAMEWORKS = ("tt57-2026-mam-non", "tt57-2026-pho-thong", "tt57-2026-gdtx")

Pair = tuple[Judgement, Judgement]
"""What was said of Level 1 and of Level 2 of a criterion."""

ALL_PAIRS: tuple[Pair, ...] = tuple(product(("met", "not_met", "not_judged"), repeat=2))
RESULTS: tuple[Pair, ...] = (("not_met", "not_met"), ("met", "not_met"), ("met", "met"))
MET: Pair = ("met", "met")


def naive_level(pairs: Mapping[str, Pair], *, unknown_is_met: bool) -> int:
    """The sentence of the circular, counted on fingers."""
    results = {}
    for code, (first, second) in pairs.items():
        good = ("met", "not_judged") if unknown_is_met else ("met",)
        results[code] = 0 if first not in good else 1 if second not in good else 2
    eight_at_one = all(results[code] >= 1 for code in MANDATORY)
    five_at_one = sum(1 for code in OTHERS if results[code] >= 1) >= 5
    level_one = eight_at_one and five_at_one
    eight_at_two = all(results[code] == 2 for code in MANDATORY)
    five_at_two = sum(1 for code in OTHERS if results[code] == 2) >= 5
    rest_at_one = all(results[code] >= 1 for code in OTHERS)
    level_two = level_one and eight_at_two and five_at_two and rest_at_one
    return 2 if level_two else 1 if level_one else 0


def judged(pairs: Mapping[str, Pair]) -> Judgements:
    return Judgements({code: {1: first, 2: second} for code, (first, second) in pairs.items()})


def check(pairs: Mapping[str, Pair], framework: standards.Framework) -> None:
    result = judge(framework, judged(pairs))
    assert result.level == naive_level(pairs, unknown_is_met=False), pairs
    assert result.possible == naive_level(pairs, unknown_is_met=True), pairs


def everywhere(pairs: tuple[Pair, ...], codes: tuple[str, ...]) -> Iterator[dict[str, Pair]]:
    """Every way to give results to criteria that differ in nothing but their code: how many have which."""
    for chosen in combinations_with_replacement(pairs, len(codes)):
        yield dict(zip(codes, chosen, strict=True))


@pytest.fixture(scope="module")
def framework() -> standards.Framework:
    return standards.load("tt57-2026-pho-thong")


def test_every_distribution_of_the_three_results_over_the_fifteen_criteria(framework: standards.Framework) -> None:
    """45 ways for the eight, 36 for the seven: with Level 1 and 2 as the circular's three results, nothing is left out."""
    count = 0
    for mandatory in everywhere(RESULTS, MANDATORY):
        for others in everywhere(RESULTS, OTHERS):
            check({**mandatory, **others}, framework)
            count += 1
    assert count == 45 * 36


def test_every_distribution_with_what_is_not_judged_over_the_other_seven(framework: standards.Framework) -> None:
    pairs = tuple(p for p in ALL_PAIRS if p not in (("not_met", "met"), ("not_met", "not_judged")))
    for others in everywhere(pairs, OTHERS):
        check({**dict.fromkeys(MANDATORY, MET), **others}, framework)


def test_each_two_mandatory_criteria_in_every_pair_of_judgements(framework: standards.Framework) -> None:
    for one, two in product(MANDATORY, repeat=2):
        for first, second in product(ALL_PAIRS, repeat=2):
            check({**dict.fromkeys((*MANDATORY, *OTHERS), MET), one: first, two: second}, framework)


@given(st.fixed_dictionaries({code: st.sampled_from(ALL_PAIRS) for code in (*MANDATORY, *OTHERS)}))
@settings(max_examples=300, deadline=None)
def test_any_judgements_whatever(pairs: dict[str, Pair]) -> None:
    for framework_id in FRAMEWORKS:
        check(pairs, standards.load(framework_id))


MOSTLY_MET = st.sampled_from((MET, MET, MET, MET, *ALL_PAIRS))
BETTER: dict[str, tuple[Judgement, ...]] = {"not_met": ("not_judged", "met"), "not_judged": ("met",), "met": ()}


@given(st.fixed_dictionaries(dict.fromkeys((*MANDATORY, *OTHERS), MOSTLY_MET)), st.data())
@settings(max_examples=300, deadline=None)
def test_a_better_judgement_never_lowers_the_level(pairs: dict[str, Pair], data: st.DataObject) -> None:
    framework = standards.load("tt57-2026-pho-thong")
    code = data.draw(st.sampled_from((*MANDATORY, *OTHERS)))
    at = data.draw(st.integers(0, 1))
    better = BETTER[pairs[code][at]]
    if not better:
        return
    changed = list(pairs[code])
    changed[at] = data.draw(st.sampled_from(better))
    before, after = judge(framework, judged(pairs)), judge(framework, judged({**pairs, code: (changed[0], changed[1])}))
    assert after.level >= before.level
    assert after.possible >= before.possible
    assert before.level <= before.possible


def test_what_nobody_judged_is_not_judged_and_never_not_met(framework: standards.Framework) -> None:
    nothing = judge(framework, Judgements())
    assert (nothing.level, nothing.possible) == (0, 2)
    assert {c.result for c in nothing.criteria} == {"not_judged"}
    assert not any("Không đạt:" in reason for reason in nothing.reasons)


def test_two_other_criteria_may_fail_at_level_one_and_none_at_level_two(framework: standards.Framework) -> None:
    pairs = {**dict.fromkeys((*MANDATORY, *OTHERS), MET), "1.1": RESULTS[0], "4.3": RESULTS[0]}
    assert judge(framework, judged(pairs)).level == 1
    assert judge(framework, judged({**pairs, "3.5": RESULTS[0]})).level == 0
    stopped = {**dict.fromkeys((*MANDATORY, *OTHERS), MET), "1.1": RESULTS[1], "4.3": RESULTS[1]}
    assert judge(framework, judged(stopped)).level == 2
    assert judge(framework, judged({**stopped, "3.5": RESULTS[1]})).level == 1


def test_level_two_counts_only_where_level_one_is_met(framework: standards.Framework) -> None:
    pairs: dict[str, Pair] = {**dict.fromkeys((*MANDATORY, *OTHERS), MET), "1.3": ("not_met", "met")}
    result = judge(framework, judged(pairs))
    assert (result.level, result.possible) == (0, 0)
    assert result.warnings == (
        "Tiêu chí 1.3 ghi đạt Mức 2 trong khi Mức 1 không đạt; mức cao chỉ được xét khi mức thấp đã đạt.",
    )
