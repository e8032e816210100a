"""Two editors of one plan: what does not clash merges, what clashes shows both texts, no word is lost."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.plan import ImprovementPlan
from caitien.plan.comparing import compare
from caitien.plan.merging import choose, merge, merge_lists
from plan.two_plans import plan, plans

ROW: dict[str, Any] = {
    "number": 1,
    "criteria": ["1.1"],
    "content": "Rà soát chiến lược",
    "measures": ["Lập lịch", "Lấy phiếu", "Công khai"],
    "responsible": ["Hiệu trưởng"],
    "period": {"text": "08 – 11", "kind": "month_range", "start": "2025-08", "end": "2025-11"},
}
OTHER = {"number": 2, "criteria": ["3.2"], "content": "Sửa phòng học"}
BASE = {"school_year": "2025-2026", "purposes": ["Nâng cao chất lượng"], "actions": [ROW, OTHER]}


def edited(**fields: Any) -> ImprovementPlan:
    return plan(BASE | {"actions": [ROW | fields, OTHER]})


def test_two_fields_of_one_row_merge():
    result = merge(plan(BASE), edited(note="Làm sớm"), edited(result="Đã rà soát"))
    assert result.conflicts == ()
    assert (result.plan.actions[0].note, result.plan.actions[0].result) == ("Làm sớm", "Đã rà soát")


def test_one_field_changed_by_both_keeps_both_texts():
    result = merge(plan(BASE), edited(content="Rà soát phương hướng"), edited(content="Rà soát tầm nhìn"))
    (conflict,) = result.conflicts
    assert (conflict.place, conflict.field) == ("/actions/0", "content")
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "Rà soát chiến lược",
        "Rà soát phương hướng",
        "Rà soát tầm nhìn",
    )
    assert conflict.sentence == (
        "Mục 1, nội dung: hai người cùng sửa, bản của bạn “Rà soát phương hướng”, bản đã lưu “Rà soát tầm nhìn”; hãy chọn."
    )
    assert result.plan.actions[0].content == "Rà soát tầm nhìn"
    assert choose(result.plan, conflict, conflict.mine).actions[0].content == "Rà soát phương hướng"


def test_the_same_change_made_twice_is_no_conflict():
    assert merge(plan(BASE), edited(note="x"), edited(note="x")).conflicts == ()


def test_people_and_measures_merge_item_by_item():
    mine = edited(measures=["Lập lịch tháng 9", "Lấy phiếu", "Công khai"], responsible=["Hiệu trưởng", "Kế toán"])
    theirs = edited(measures=["Lập lịch", "Công khai", "Họp"], responsible=["Phó hiệu trưởng", "Hiệu trưởng"])
    result = merge(plan(BASE), mine, theirs)
    assert result.conflicts == ()
    assert result.plan.actions[0].measures == ["Lập lịch tháng 9", "Công khai", "Họp"]
    assert result.plan.actions[0].responsible == ["Phó hiệu trưởng", "Hiệu trưởng", "Kế toán"]


def test_one_item_rewritten_by_both_is_a_conflict():
    result = merge(plan(BASE), edited(responsible=["Bà Hoa"]), edited(responsible=["Ông Lâm"]))
    assert [(c.field, c.mine, c.theirs) for c in result.conflicts] == [("responsible", ["Bà Hoa"], ["Ông Lâm"])]


def test_an_item_that_both_moved_does_not_stand_twice():
    assert merge_lists(list("abcd"), list("bcda"), list("bcad")) is None


def test_an_item_that_one_took_away_and_the_other_rewrote_is_a_conflict():
    assert merge_lists(list("ab"), list("a"), list("ay")) is None
    assert merge_lists(list("ab"), list("ay"), list("a")) is None
    assert merge_lists(list("abc"), list("xc"), list("ayc")) is None


def test_an_item_that_both_took_away_goes():
    assert merge_lists(list("abc"), list("ac"), list("acd")) == list("acd")


def test_what_both_added_at_one_place_stands_there_once():
    assert merge_lists(["a"], ["a", "x", "y"], ["a", "x", "z"]) == ["a", "x", "z", "y"]


def test_dates_never_part_from_their_words():
    mine = edited(period=ROW["period"] | {"text": "09 – 11", "start": "2025-09"})
    theirs = edited(period=ROW["period"] | {"text": "08 – 12", "end": "2025-12"})
    assert [c.field for c in merge(plan(BASE), mine, theirs).conflicts] == ["period"]


def test_rows_that_both_added_stay_both_and_the_same_one_once():
    new, also = {"content": "Xây bể nước"}, {"content": "Trồng cây bóng mát"}
    mine = plan(BASE | {"actions": [ROW, new, also, OTHER]})
    theirs = plan(BASE | {"actions": [ROW, OTHER, {"content": "Mua sách"}, new]})
    contents = [a.content for a in merge(plan(BASE), mine, theirs).plan.actions]
    assert contents == ["Rà soát chiến lược", "Sửa phòng học", "Mua sách", "Xây bể nước", "Trồng cây bóng mát"]


def test_a_row_that_one_removed_and_nobody_changed_goes():
    result = merge(plan(BASE), plan(BASE | {"actions": [OTHER]}), plan(BASE))
    assert ([a.number for a in result.plan.actions], result.conflicts) == ([2], ())


def test_a_row_that_one_removed_and_the_other_changed_stays_as_a_conflict():
    removed, changed = plan(BASE | {"actions": [OTHER]}), edited(note="Quan trọng")
    for mine, theirs, said in ((removed, changed, "bạn đã xóa"), (changed, removed, "người khác đã xóa")):
        result = merge(plan(BASE), mine, theirs)
        (conflict,) = result.conflicts
        kept = result.plan.actions[int(conflict.place.split("/")[2])]
        assert (kept.note, conflict.field) == ("Quan trọng", None)
        assert said in conflict.sentence
        assert [a.number for a in choose(result.plan, conflict, None).actions] == [2]


def test_the_order_is_of_the_one_who_changed_it():
    turned = plan(BASE | {"actions": [OTHER, ROW]})
    for mine, theirs in ((turned, edited(note="x")), (edited(note="x"), turned)):
        result = merge(plan(BASE), mine, theirs)
        assert [a.number for a in result.plan.actions] == [2, 1]
        assert result.plan.actions[1].note == "x"
        assert result.conflicts == ()


def test_facts_of_the_paper_merge_too():
    mine, theirs = (plan(BASE | {"purposes": ["Nâng cao chất lượng", extra]}) for extra in ("Công khai", "Minh bạch"))
    result = merge(plan(BASE), mine, theirs)
    assert result.plan.purposes == ["Nâng cao chất lượng", "Minh bạch", "Công khai"]


@given(plans, plans)
def test_who_changed_nothing_gets_what_the_other_wrote(base, changed):
    for result in (merge(base, base, changed), merge(base, changed, base), merge(base, changed, changed)):
        assert result.conflicts == ()
        assert compare(result.plan, changed) == []


TEXTS = ("content", "note", "result", "weakness")
LISTS = ("measures", "responsible", "expected_evidence")


@st.composite
def sessions(draw):
    """Saves of two editors: who, on which stored version she began, and what she does to it."""
    saves = []
    for n in range(draw(st.integers(2, 8))):
        what = draw(
            st.lists(
                st.sampled_from(["text", "item", "row", "rewrite", "remove", "drag", "title"]), min_size=1, max_size=3
            )
        )
        places = [draw(st.integers(0, 5)) for _ in what]
        fields = [draw(st.sampled_from(LISTS if w in ("item", "rewrite") else TEXTS)) for w in what]
        saves.append((n, draw(st.integers(0, 3)), list(zip(what, places, fields, strict=True)), draw(st.booleans())))
    return saves


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Rà soát", "Sửa phòng", "Mua sách"]), min_size=1, max_size=4), sessions())
def test_no_accepted_word_is_lost_by_two_editors(contents, saves):
    """Each edit writes a word of its own. A word may only go when an editor who saw it took it away."""
    stored = plan({"actions": [{"number": n, "content": c, "measures": ["chung"]} for n, c in enumerate(contents, 1)]})
    versions = [stored]
    accepted: set[str] = set()
    for n, behind, edits, keeps_mine in saves:
        base = versions[max(0, len(versions) - 1 - behind)]
        value = copy.deepcopy(base.to_dict())
        for k, edit in enumerate(edits):
            _edit(value, edit, f"chữ{n}x{k}")
        mine = plan(value)
        result = merge(base, mine, stored)
        written = _words(mine) - _words(base)
        taken_away = _words(base) - _words(mine)
        shown = _words_in([c.mine for c in result.conflicts]) | _words_in([c.theirs for c in result.conflicts])
        assert written <= _words(result.plan) | shown
        assert accepted - taken_away <= _words(result.plan) | shown
        merged = result.plan
        for conflict in reversed(result.conflicts):
            if conflict.field is not None and keeps_mine:
                merged = choose(merged, conflict, conflict.mine)
        accepted = (accepted | written) & _words(merged)
        stored = merged
        versions.append(stored)


def _edit(value: dict[str, Any], edit: tuple[str, int, str], word: str) -> None:
    what, place, field = edit
    rows = value["actions"]
    if what == "title":
        value["title"] = word
    elif what == "row" or not rows:
        rows.insert(min(place, len(rows)), {"content": word})
    else:
        row = rows[place % len(rows)]
        if what == "text":
            row[field] = word
        elif what == "item":
            row.setdefault(field, []).insert(place % (len(row[field]) + 1) if row.get(field) else 0, word)
        elif what == "rewrite":
            row[field] = [word]
        elif what == "remove":
            rows.remove(row)
        else:
            rows.append(rows.pop(place % len(rows)))


def _words(value: ImprovementPlan) -> set[str]:
    return _words_in(value.to_dict())


def _words_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {w for w in value.split() if w.startswith("chữ")}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_words_in, parts)) if parts else set()
