"""Of a plan that was read, only what a person must decide becomes a question."""

from __future__ import annotations

from caitien.web.documents import decisions as deciding
from caitien.web.documents.review import answered, review, settled_by_seeing, shown_fields
from web.documents.read_plan import period, plan_read


def test_the_questions_of_a_plan_are_these_and_no_others():
    asked = [(q.id, q.kind) for q in review(plan_read()).open]
    assert asked == [
        ("chung", "facts"),
        ("cot.5", "column"),
        ("1.responsible", "choose"),
        ("3.period", "fill"),
        ("4.content", "check"),
        ("5.budget", "check"),
    ]


def test_two_owners_can_be_the_first_the_second_or_both():
    question = review(plan_read()).question("1.responsible")
    assert [option.text for option in question.options] == ["Lò Thị Mẩy", "Hà Văn Pó", "Lò Thị Mẩy; Hà Văn Pó"]
    assert answered(question, "keep", "", None) == {}
    assert answered(question, "other1", "", None) == {1: {"responsible": ["Hà Văn Pó"]}}
    assert answered(question, "both", "", None) == {1: {"responsible": ["Lò Thị Mẩy", "Hà Văn Pó"]}}


def test_both_is_not_offered_when_one_row_names_everybody():
    plan = plan_read()
    plan["actions"][1]["responsible"] = ["Lò Thị Mẩy", "Hà Văn Pó"]
    question = review(plan).question("1.responsible")
    assert [option.key for option in question.options] == ["keep", "other1"]


def test_somebody_else_can_be_typed():
    question = review(plan_read()).question("1.responsible")
    assert answered(question, "typed", "Quàng Thị Ín; Tổ khối 4", None) == {
        1: {"responsible": ["Quàng Thị Ín", "Tổ khối 4"]}
    }


def test_nothing_typed_is_no_answer():
    question = review(plan_read()).question("3.period")
    assert answered(question, "typed", "  ", None) is None
    assert answered(question, "no-such-option", "", None) is None


def test_a_date_left_from_last_year_is_not_asked_but_taken_with_the_sure_rows():
    state = review(plan_read())
    assert state.rows[2].state == "sure"
    assert settled_by_seeing([state.rows[2]]) == ["2.period"]


def test_a_date_of_this_year_on_the_other_row_is_asked():
    plan = plan_read()
    plan["actions"][2]["alternatives"][0]["values"]["period"] = period("01/2026")
    assert review(plan).question("2.period").is_open


def test_a_typed_date_says_at_once_what_follows_from_it():
    question = review(plan_read()).question("3.period")
    set_to = answered(question, "typed", "Trước 20/12/2025", "2025-2026")[3]["period"]
    assert (set_to["kind"], set_to["start"], set_to["end"]) == ("deadline", None, "2025-12-20")


def test_what_no_row_has_is_not_asked_row_by_row():
    plan = plan_read()
    for action in plan["actions"]:
        action["responsible"], action["alternatives"] = [], []
    plan["findings"] = []
    assert not [q for q in review(plan).open if q.name == "responsible"]


def test_one_missing_owner_among_others_is_asked():
    plan = plan_read()
    plan["actions"][0]["responsible"] = []
    assert review(plan).question("0.responsible").kind == "fill"


def test_always_is_a_time_that_needs_no_date():
    plan = plan_read()
    plan["actions"][3]["period"] = period("Thường xuyên")
    assert review(plan).question("3.period") is None


def test_rows_without_doubt_are_sure_until_somebody_takes_them():
    decisions = deciding.see({}, [0], [])
    states = [row.state for row in review(plan_read(), decisions).rows]
    assert states == ["seen", "open", "sure", "open", "open", "open"]


def test_the_next_question_after_the_last_is_the_first_open_one():
    state = review(plan_read())
    assert state.next_open("5.budget").id == "chung"
    assert state.next_open("cot.5").id == "1.responsible"


def test_the_doubtful_field_stands_on_top_of_its_row():
    plan = plan_read()
    row = review(plan).rows[1]
    assert shown_fields(row, plan["actions"][1])[0].name == "responsible"


def test_a_finding_said_twice_is_shown_once():
    plan = plan_read()
    plan["findings"].append(dict(plan["findings"][3]))
    assert len(review(plan).question("4.content").findings) == 1
