"""Two people edit one list: what each wrote is in it, or both are shown; no accepted word is lost. Values only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caitien.web.plans.entries import Row, joined, joined_lists, marked

PARTS = ("a", "b")
cell = st.sampled_from([None, "x", "y", "z"])
entry = st.fixed_dictionaries({"a": cell, "b": cell})
texts = st.lists(entry, max_size=4)


@st.composite
def edits(draw, base):
    """What an editor makes of a list: rows kept, changed or taken away, and new ones."""
    rows = [Row(number, draw(st.one_of(st.just(one), entry, st.none()))) for number, one in enumerate(base)]
    return rows + [Row(None, one) for one in draw(st.lists(entry, max_size=2))]


@st.composite
def two_editors(draw):
    base = draw(texts)
    mine, theirs = draw(edits(base)), draw(edits(base))
    return base, mine, [row.entry for row in theirs if row.entry is not None]


@given(texts.flatmap(lambda base: st.tuples(st.just(base), edits(base))))
def test_alone_the_editor_gets_what_she_wrote(case):
    base, mine = case
    found = joined(base, mine, base, PARTS)
    assert found.clashes == []
    assert found.entries == [row.entry for row in mine if row.entry is not None]


@given(two_editors())
def test_who_changed_nothing_takes_nothing_back(case):
    base, _, theirs = case
    found = joined(base, [Row(number, one) for number, one in enumerate(base)], theirs, PARTS)
    assert found.clashes == []
    assert sorted(map(str, found.entries)) == sorted(map(str, theirs))


@given(two_editors())
def test_what_i_wrote_is_there_or_shown_and_what_they_added_is_there(case):
    base, mine, theirs = case
    found = joined(base, mine, theirs, PARTS)
    for row in mine:
        if row.of is None:
            assert row.entry in found.entries
    for row in mine:
        if row.of is not None and row.entry is not None:
            for part in PARTS:
                if row.entry[part] != base[row.of][part]:
                    assert any(one[part] == row.entry[part] for one in found.entries)
    if len(theirs) > len(base) and not found.clashes:
        assert len(found.entries) >= len(theirs) - sum(row.entry is None for row in mine)


def test_different_cells_of_one_row_are_joined():
    base = [{"a": "x", "b": "x"}]
    found = joined(base, [Row(0, {"a": "y", "b": "x"})], [{"a": "x", "b": "z"}], PARTS)
    assert (found.entries, found.clashes) == ([{"a": "y", "b": "z"}], [])


def test_one_cell_written_by_both_is_a_clash_with_both_texts():
    found = joined([{"a": "x", "b": "x"}], [Row(0, {"a": "y", "b": "x"})], [{"a": "z", "b": "x"}], PARTS)
    (clash,) = found.clashes
    assert (clash.part, clash.mine, clash.theirs) == ("a", "y", "z")


def test_a_row_that_i_take_away_while_another_changes_it_is_a_clash():
    found = joined([{"a": "x", "b": "x"}], [Row(0, None)], [{"a": "z", "b": "x"}], PARTS)
    (clash,) = found.clashes
    assert (clash.part, clash.mine, clash.theirs) == ("", None, {"a": "z", "b": "x"})


def test_marks_stand_in_the_order_of_their_words():
    words = ["một", "hai", "ba"]
    marks = marked(words, [{"text": "ba"}], {"on": "2025-10-01"}, "một")
    assert [mark["text"] for mark in marks] == ["một", "ba"]
    assert marked(words, marks, None, "ba") == [{"text": "một", "on": "2025-10-01"}]


def test_taking_one_mark_back_leaves_the_others():
    one, two = {"text": "một", "on": "1", "by": "A"}, {"text": "hai", "on": "2", "by": "B"}
    assert joined_lists("measures_done", [one], [], [one, two]) == [two]
    assert joined_lists("measures_done", [], [one], [two, one | {"by": "C"}]) == [two, one | {"by": "C"}]


def test_two_first_values_of_one_indicator_are_a_clash():
    value = {"text": "Số lỗi", "unit": None, "baseline": None, "target": None, "actual": "6"}
    assert joined_lists("indicator_values", [], [value], [value | {"actual": "5"}]) is None
    assert joined_lists("indicator_values", [], [value], [value]) == [value]
