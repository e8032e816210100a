"""The money of an action line by line: planned and spent, from which source; what is not certain is asked."""

from __future__ import annotations

import pytest

from caitien.web.plans.amounts import read_amount
from caitien.web.plans.models import Action


def save(client, action, at, lines: list[dict], version=None, **more):
    sent = {"version": version or action.version, "so-dong": len(lines), **more}
    for number, line in enumerate(lines):
        sent |= {f"{name}-{number}": value for name, value in line.items()}
    response = client.post(at("budget_lines"), sent)
    action.refresh_from_db()
    return response


def line(amount=None, source=None, spent=None, note=None) -> dict:
    return {"amount_vnd": amount, "source": source, "spent_vnd": spent, "note": note}


TWO = [
    {"amount": "18,5 triệu", "source": "Ngân sách", "spent": "", "note": ""},
    {"amount": "1.500.000", "source": "Xã hội hóa", "spent": "500.000 đồng", "note": "đợt 1"},
]


def test_lines_make_the_amount_its_words_and_its_sources(browser, action, at):
    save(browser, action, at, TWO)
    assert action.budget_lines == [
        line(18_500_000, "Ngân sách"),
        line(1_500_000, "Xã hội hóa", 500_000, "đợt 1"),
    ]
    assert (action.budget_vnd, action.budget_text) == (20_000_000, "20.000.000 đồng")
    assert action.funding_sources == ["Ngân sách", "Xã hội hóa"]
    page = browser.get(at("action")).content.decode()
    assert "20.000.000 đồng" in page
    assert "Còn 19.500.000 đồng chưa chi." in page


def test_the_printed_words_stay_until_lines_take_their_place_and_in_the_history(browser, action, at):
    assert "2,5 triệu" in browser.get(at("action")).content.decode()
    save(browser, action, at, TWO)
    page = browser.get(at("action")).content.decode()
    assert "2,5 triệu" in page.split('id="lich-su"')[1]
    assert "2,5 triệu" not in page.split('id="lich-su"')[0]


def test_lines_are_made_from_the_words_by_one_click(browser, action, at):
    words = "40.000.000 đồng (ngân sách 25.000.000; XHH 15.000.000)"
    Action.objects.filter(pk=action.pk).update(budget_text=words, budget_vnd=40_000_000)
    assert "Tách thành từng khoản" in browser.get(at("action")).content.decode()
    browser.post(at("split_budget"))
    action.refresh_from_db()
    assert [(one["amount_vnd"], one["source"]) for one in action.budget_lines] == [
        (25_000_000, "ngân sách"),
        (15_000_000, "XHH"),
    ]
    assert action.budget_vnd == 40_000_000
    browser.post(at("split_budget"))  # twice changes nothing
    assert Action.objects.get(pk=action.pk).version == action.version


def test_an_amount_with_one_source_becomes_one_line(browser, action, at):
    browser.post(at("split_budget"))
    action.refresh_from_db()
    assert action.budget_lines == [line(2_500_000, "Ngân sách")]


def test_another_row_is_given_without_saving_anything_and_without_losing_a_word(browser, action, at):
    response = save(browser, action, at, [{"amount": "vài triệu", "source": "Quỹ"}], them="1")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="vài triệu"' in html
    assert 'name="amount-1"' in html
    assert action.budget_lines == []


def test_a_line_is_taken_away_and_one_left_empty_too(browser, action, at):
    save(browser, action, at, TWO)
    save(browser, action, at, [{"of": "0", "bo": "1", "amount": "18.500.000 đồng"}, {"of": "1", **TWO[1]}, {}])
    assert [one["source"] for one in action.budget_lines] == ["Xã hội hóa"]
    save(browser, action, at, [{"of": "0", "amount": "", "source": "", "spent": "", "note": ""}])
    assert action.budget_lines == []


def test_an_amount_in_words_is_asked_about_and_kept_when_it_is_confirmed(browser, action, at):
    response = save(browser, action, at, [{"amount": "một triệu rưỡi", "source": "Quỹ"}])
    html = response.content.decode()
    assert response.status_code == 422
    assert "“một triệu rưỡi” là 1.500.000 đồng, đúng không?" in html
    assert 'value="1.500.000 đồng"' in html
    assert 'name="dong-y" value="1500000"' in html
    assert action.budget_lines == []
    save(browser, action, at, [{"amount": "1.500.000 đồng", "source": "Quỹ"}], **{"dong-y": "1500000"})
    assert action.budget_vnd == 1_500_000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("-5 triệu", "Số tiền không thể âm"),
        ("âm hai triệu", "Số tiền không thể âm"),
        ("18,5", "chưa rõ là bao nhiêu"),
        ("vài triệu", "Chưa hiểu “vài triệu”"),
        ("10 triệu - 15 triệu", "Chưa hiểu"),
        ("5000 tỷ", "lớn hơn một nghìn tỷ đồng"),
        ("9" * 40, "lớn hơn một nghìn tỷ đồng"),
        ("31/02", "Chưa hiểu"),
        ("---", "không phải là số tiền"),
    ],
)
def test_what_is_no_amount_gets_a_sentence_and_stays_in_the_form(browser, action, at, words, sentence):
    response = save(browser, action, at, [{"amount": words, "source": "Quỹ"}])
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{words}"' in response.content.decode()
    assert action.budget_lines == []


@pytest.mark.parametrize(
    ("words", "vnd"),
    [("1,2 tỷ", 1_200_000_000), ("2.500.000", 2_500_000), ("2,5tr", 2_500_000), ("Không", 0), ("0", 0), ("", None)],
)
def test_amounts_as_schools_write_them(words, vnd):
    assert (read_amount(words).vnd, read_amount(words).problem, read_amount(words).ask) == (vnd, "", "")


def test_an_amount_with_a_zero_too_many_is_asked_about():
    assert "đúng không?" in read_amount("250.000.000.000").ask


def test_a_line_without_a_planned_amount_is_asked_for_it(browser, action, at):
    response = save(browser, action, at, [{"amount": "", "source": "Quỹ", "spent": "2 triệu"}])
    assert "Ngoài dự kiến thì ghi 0" in response.content.decode()
    save(browser, action, at, [{"amount": "0", "source": "Quỹ", "spent": "2 triệu"}])
    assert action.budget_lines == [line(0, "Quỹ", 2_000_000)]


def test_more_spent_than_planned_is_said_and_not_forbidden(browser, action, at):
    save(browser, action, at, [{"amount": "2 triệu", "spent": "3 triệu"}])
    assert "Đã chi vượt dự kiến 1.000.000 đồng." in browser.get(at("action")).content.decode()


def test_two_people_write_two_lines(browser, chair, action, at):
    save(browser, action, at, TWO)
    seen = action.version
    both = [{"of": "0", **TWO[0]}, {"of": "1", **TWO[1]}]
    save(browser, action, at, [both[0] | {"spent": "1 triệu"}, both[1]], version=seen)
    save(chair, action, at, [both[0], both[1] | {"note": "đã nhận"}, {"amount": "3 triệu"}], version=seen)
    assert action.budget_lines == [
        line(18_500_000, "Ngân sách", 1_000_000),
        line(1_500_000, "Xã hội hóa", 500_000, "đã nhận"),
        line(3_000_000),
    ]


def test_the_second_to_write_one_cell_sees_both_and_chooses(browser, chair, action, at):
    save(browser, action, at, TWO)
    seen = action.version
    save(browser, action, at, [{"of": "0", **TWO[0], "spent": "1 triệu"}, {"of": "1", **TWO[1]}], version=seen)
    mine = [{"of": "0", **TWO[0], "spent": "2 triệu"}, {"of": "1", **TWO[1]}]
    response = save(chair, action, at, mine, version=seen)
    html = response.content.decode()
    assert response.status_code == 409
    assert "“1.000.000 đồng”" in html
    assert 'value="2.000.000 đồng"' in html
    assert action.budget_lines[0]["spent_vnd"] == 1_000_000
    save(chair, action, at, mine)
    assert action.budget_lines[0]["spent_vnd"] == 2_000_000


def test_who_only_reports_writes_what_was_spent(teacher, browser, action, at):
    save(browser, action, at, TWO)
    page = teacher.get(at("budget_lines")).content.decode()
    assert 'name="spent-0"' in page
    assert 'name="amount-0"' not in page
    sent = [
        {"of": "0", "spent": "4 triệu", "amount": "99 triệu"},
        {"of": "1", "spent": "", "bo": "1"},
        {"spent": "1 triệu"},
    ]
    save(teacher, action, at, sent)
    assert action.budget_lines == [
        line(18_500_000, "Ngân sách", 4_000_000),
        line(1_500_000, "Xã hội hóa", None, "đợt 1"),
    ]


def test_the_form_of_all_fields_leaves_the_amount_to_its_lines(browser, action, at):
    save(browser, action, at, TWO)
    page = browser.get(at("action_edit")).content.decode()
    assert 'name="budget"' not in page
    assert at("budget_lines") in page


def test_more_lines_than_anyone_has_are_not_read(browser, action, at):
    save(browser, action, at, [{"amount": "1 triệu"}] * 3, **{"so-dong": "999999999"})
    assert action.budget_lines == []
    save(browser, action, at, [{"amount": "1 triệu"}] * 3, **{"so-dong": "9000"})
    assert len(action.budget_lines) == 3


def test_a_change_of_a_line_that_was_changed_again_is_not_taken_back_over_it(browser, action, at):
    save(browser, action, at, TWO)
    save(browser, action, at, [{"of": "0", **TWO[0], "spent": "1 triệu"}, {"of": "1", **TWO[1]}])
    record = Action.history.filter(id=action.pk).latest()
    save(browser, action, at, [{"of": "0", **TWO[0], "spent": "2 triệu"}, {"of": "1", **TWO[1]}])
    url = f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/"
    response = browser.post(url, follow=True)
    assert "Chưa hoàn tác: chỗ này đã được sửa tiếp sau đó." in response.content.decode()
    action.refresh_from_db()
    assert action.budget_lines[0]["spent_vnd"] == 2_000_000


def test_a_change_of_one_line_is_taken_back_and_that_of_another_stays(browser, action, at):
    save(browser, action, at, TWO)
    save(browser, action, at, [{"of": "0", **TWO[0], "spent": "1 triệu"}, {"of": "1", **TWO[1]}])
    record = Action.history.filter(id=action.pk).latest()
    save(browser, action, at, [{"of": "0", **TWO[0], "spent": "1 triệu"}, {"of": "1", **TWO[1], "note": "đợt 2"}])
    browser.post(f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/")
    action.refresh_from_db()
    assert [one["spent_vnd"] for one in action.budget_lines] == [None, 500_000]
    assert action.budget_lines[1]["note"] == "đợt 2"


def test_an_amount_in_words_is_offered_in_figures_for_a_person_to_confirm(browser, action, at):
    browser.post(at("action_field", field="budget"), {"version": 1, "budget": "một triệu rưỡi"})
    action.refresh_from_db()
    assert (action.budget_vnd, action.budget_text) == (None, "một triệu rưỡi")
    assert "Đúng là 1.500.000 đồng" in browser.get(at("action")).content.decode()
    browser.post(at("action_field", field="budget"), {"version": action.version, "budget": "1.500.000 đồng"})
    action.refresh_from_db()
    assert action.budget_vnd == 1_500_000
