"""Whatever two people write into one table in whatever order: each accepted number is there or was changed by who saw it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.assessment.model import TableData
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_numbers import shown, typed
from caitien.web.assessments.school_data_writing import differences, entry, joined, put, set_pair, words_of
from web.school_data.numbers import GRADES, LAST, NOW

CLASSES = tables_for("tt57-2026-pho-thong", "thcs").table("classes")
ROWS = {row.id: row for row in CLASSES.rows}
said = st.one_of(
    st.integers(0, 10**6).map(str),
    st.decimals(0, 1000, places=2).map(lambda number: str(number).replace(".", ",")),
    st.sampled_from(("", "không", "-", "khoảng 4", "12,5", "1.234", "4 lớp", "=1+1")),
    st.text(max_size=8),
)
blocks = st.dictionaries(st.tuples(st.sampled_from(GRADES), st.sampled_from((LAST, NOW))), said, max_size=8)
Block = dict[tuple[str, str], str]


def filled(base: TableData, block: Block) -> TableData:
    for (row, column), words in block.items():
        base = put(base, ROWS[row], column, words)
    return base


EMPTY = TableData(table="classes")


@given(blocks, blocks, blocks)
@settings(max_examples=200, deadline=None)
def test_who_saves_second_loses_nothing_and_takes_nothing(begun: Block, first: Block, second: Block) -> None:
    base = filled(EMPTY, begun)
    hers, his = filled(base, first), filled(base, second)
    merged = joined([base], [his], [hers])
    now = merged.tables[0]
    clashing = {(one.row, one.column) for one in merged.clashes}
    for row in GRADES:
        for column in (LAST, NOW):
            was, she, he = (entry(one, row, column) for one in (base, hers, his))
            stands = entry(now, row, column)
            if (row, column) in clashing:
                assert stands == she
                assert she not in (was, he)
                assert he != was
            else:
                assert stands == (he if he != was else she)


@given(blocks, blocks)
@settings(max_examples=100, deadline=None)
def test_pasting_block_after_block_is_the_same_as_cell_by_cell(first: Block, second: Block) -> None:
    together = filled(filled(EMPTY, first), second)
    one_by_one = EMPTY
    for (row, column), words in [*first.items(), *second.items()]:
        seen = one_by_one
        one_by_one = joined([seen], [put(seen, ROWS[row], column, words)], [seen]).tables[0]
    assert differences(together, one_by_one) == []


@given(blocks)
@settings(max_examples=200, deadline=None)
def test_what_is_shown_is_read_back_as_the_same(block: Block) -> None:
    """A form that is sent as it was shown changes nothing; words are kept as they are."""
    data = filled(EMPTY, block)
    for row in GRADES:
        for column in (LAST, NOW):
            words = words_of(data, ROWS[row], column)
            assert differences(data, put(data, ROWS[row], column, words)) == []


@given(st.one_of(st.integers(-(10**9), 10**9), st.floats(0, 100, allow_nan=False).map(lambda number: round(number, 4))))
def test_a_number_is_shown_and_read_back(number: float) -> None:
    row = ROWS["grade-6"].model_copy(update={"kind": "decimal"})
    found = typed(shown(number), row)
    assert found.value == number or found.text == shown(number)  # very small ones are no number of a school


def test_a_cell_is_emptied_and_filled() -> None:
    data = set_pair(EMPTY, "grade-6", NOW, (4, None))
    assert set_pair(data, "grade-6", NOW, (None, None)).cells == {}
