"""Whatever stands in a question, the answer is a result or one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.cli.level import LevelInputError, _parsed
from caitien.errors import CaiTienError
from caitien.standards import SchoolResult, answer, read_question

KEYS = st.sampled_from(
    [
        "framework",
        "judgements",
        "units",
        "figures",
        "id",
        "1.1",
        "1.3",
        "M4.1",
        "1",
        "2",
        "points",
        "a",
        "1.3.M2.d",
        "thcs",
    ]
)
SCALARS = st.sampled_from(
    ["met", "not_met", "not_judged", "tt57-2026-pho-thong", "tt17-2018-tieu-hoc", None, True, 0, -1, 1.5, "", 10**400]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def answered(raw: object) -> SchoolResult | str:
    """The result, or what is said instead."""
    try:
        return answer(read_question(raw))
    except CaiTienError as error:
        return str(error)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.sampled_from(["tt57-2026-pho-thong", "tt17-2018-tieu-hoc"]))
@settings(max_examples=500, deadline=None)
def test_any_values_give_a_result_or_one_sentence(raw: dict[str, Any], framework_id: str) -> None:
    for question in (
        raw,
        {"judgements": {}, **raw, "framework": framework_id},
        {"framework": framework_id, "units": raw},
    ):
        result = answered(question)
        if isinstance(result, str):
            assert len(result.splitlines()) == 1
        else:
            assert 0 <= result.level <= result.possible
            assert result.reasons
            assert result.to_dict(full=True)["level"] == result.level


def parsed(content: bytes) -> str:
    try:
        _parsed(content, 7)
    except LevelInputError as error:
        return str(error)
    return "Dòng 7: đọc được"


@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,0123456789truefalsnN \\u', max_size=40).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_value_or_a_sentence_with_a_line(content: bytes) -> None:
    assert parsed(content).startswith("Dòng ")


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1e999"])
def test_a_number_beyond_all_measure_is_no_figure(number: str) -> None:
    raw = f'{{"framework": "tt17-2018-tieu-hoc", "judgements": {{}}, "figures": {{"5.4.M3": {number}}}}}'
    with pytest.raises(CaiTienError, match="số"):
        answer(read_question(_parsed(raw.encode(), 1)))
